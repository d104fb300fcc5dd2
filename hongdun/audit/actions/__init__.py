from hongdun.audit.actions.recording import COLUMNS, INSERT, VALUES, ReasonMissing, read_personal, record, row
from hongdun.audit.actions.sealing import seal

__all__ = ["COLUMNS", "INSERT", "VALUES", "ReasonMissing", "read_personal", "record", "row", "seal"]
