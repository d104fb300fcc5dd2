from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from hongdun.base.clock import now
from hongdun.base.ids import floor
from hongdun.base.scope import system_scope

if TYPE_CHECKING:
    from datetime import datetime

# One sequencer at a time in the cluster: what makes positions gap-free.
LOCK = 0x68645F706F73
WINDOW = timedelta(minutes=2)
BATCH = 5000

# Visible is committed; transaction numbers order rows within the batch only, so a late commit, a restored or a
# replicated row gets the next position like any other.
NUMBER = """
INSERT INTO outbox_position (position, message_id)
SELECT (SELECT coalesce(max(position), 0) FROM outbox_position) + row_number() OVER (ORDER BY new.xid, new.id), new.id
  FROM (SELECT m.id, m.xid FROM outbox_message m
         WHERE m.id >= %s AND NOT EXISTS (SELECT 1 FROM outbox_position p WHERE p.message_id = m.id)
         ORDER BY m.xid, m.id LIMIT %s) new
"""


def sequence(*, window: timedelta | None = WINDOW) -> int:
    """Give a position to every committed message without one; returns how many.

    Looks back over `window`, longer than any transaction of ours (≤ 30 s); None looks at everything, at start
    and after replicated or restored rows came in.
    """
    since = None if window is None else now() - window
    given = 0
    while count := _batch(since):
        given += count
        if count < BATCH:
            break
    return given


def _batch(since: datetime | None) -> int:
    with system_scope("消息编号"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute(NUMBER, [floor(since) if since else "00000000-0000-0000-0000-000000000000", BATCH])
        given: int = cursor.rowcount
    return given
