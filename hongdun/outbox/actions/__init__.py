from hongdun.outbox.actions.delivering import dispatch, retry_parked
from hongdun.outbox.actions.publishing import COLUMNS, INSERT, VALUES, message_row, publish
from hongdun.outbox.actions.sequencing import sequence

__all__ = ["COLUMNS", "INSERT", "VALUES", "dispatch", "message_row", "publish", "retry_parked", "sequence"]
