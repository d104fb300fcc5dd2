from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from hongdun.audit.models import COLUMNS, code
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.middleware import request_id
from hongdun.lib import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from hongdun.base.actor import Actor

__all__ = ["COLUMNS", "VALUES", "read_personal", "record", "row"]

# Placeholders with types, for a VALUES list or a SELECT of a larger statement, in the order of COLUMNS.
VALUES = (
    "%s::uuid, %s::timestamptz, %s::uuid, %s::uuid, %s::text, %s::int, %s::text, %s::text, %s::text,"
    " %s::uuid, %s::text, %s::jsonb, %s::text, %s::bytea"
)
INSERT = f"INSERT INTO audit_event ({', '.join(COLUMNS)}) VALUES ({VALUES})"  # noqa: S608 - constants


class ReasonMissing(ValueError):
    """Personal data was asked for without saying why (个人信息保护法 第六条、第五十一条)."""


def record(
    verb: str,
    *,
    actor: Actor,
    subject: object,
    organ: int | None = None,
    case_id: UUID | None = None,
    reason: str = "",
    **data: Any,
) -> None:
    """Write one audit row in the transaction of the deed itself."""
    values = row(verb, actor=actor, subject=subject, organ=organ, case_id=case_id, reason=reason, **data)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, values)


def row(
    verb: str,
    *,
    actor: Actor,
    subject: object,
    organ: int | None = None,
    case_id: UUID | None = None,
    reason: str = "",
    **data: Any,
) -> tuple[Any, ...]:
    """Values of COLUMNS, for statements that write the audit row together with the deed.

    `organ` is where it happened; left out, it is the actor's own.
    """
    values = (
        uuid7(),
        now(),
        actor.person,
        actor.post,
        actor.name,
        actor.organ if organ is None else organ,
        actor.kind,
        verb,
        str(subject),
        case_id,
        reason,
        canonical.plain(data),
        request_id.get(),
    )
    mac = code(canonical.text(*values))
    return (*values[:-2], canonical.body(values[-2]), values[-1], mac)


def read_personal(
    *,
    actor: Actor,
    subject: object,
    fields: Iterable[str],
    reason: str,
    organ: int | None = None,
    case_id: UUID | None = None,
    **data: Any,
) -> None:
    """Log that personal data were shown: whose, which fields, to whom, and what for."""
    if not reason.strip():
        raise ReasonMissing("查看个人信息须说明理由，请填写后再查看。")
    record(
        "personal.read",
        actor=actor,
        subject=subject,
        organ=organ,
        case_id=case_id,
        reason=reason.strip(),
        fields=sorted(fields),
        **data,
    )
