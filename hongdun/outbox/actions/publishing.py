from __future__ import annotations

from typing import Any

from django.db import connection

from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.lib import canonical
from hongdun.outbox.models import COLUMNS

__all__ = ["COLUMNS", "VALUES", "message_row", "publish"]

# Placeholders with types, for a VALUES list or a SELECT of a larger statement, in the order of COLUMNS.
VALUES = "%s::uuid, %s::text, %s::jsonb, %s::int, %s::timestamptz"
INSERT = f"INSERT INTO outbox_message ({', '.join(COLUMNS)}) VALUES ({VALUES})"  # noqa: S608 - constants


def publish(topic: str, *, organ: int | None = None, **body: Any) -> None:
    """Tell whoever listens, in the transaction of the deed: heard if it commits, never if it does not."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, message_row(topic, organ=organ, **body))


def message_row(topic: str, *, organ: int | None = None, **body: Any) -> tuple[Any, ...]:
    """Values of COLUMNS, for statements that write the message together with the deed."""
    return (uuid7(), topic, canonical.body(canonical.plain(body)), organ, now())
