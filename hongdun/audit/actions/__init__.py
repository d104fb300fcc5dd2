from hongdun.audit.actions.recording import COLUMNS, VALUES, ReasonMissing, read_personal, record, row
from hongdun.audit.actions.sealing import seal

__all__ = ["COLUMNS", "VALUES", "ReasonMissing", "read_personal", "record", "row", "seal"]
