from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from hongdun.audit.models import Event

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

# verb → sentence; {actor}, {subject}, {reason} and the keys of `data` may stand in it. Apps add their own.
VERBS: dict[str, str] = {"personal.read": "{actor}查看了个人信息（{fields}）"}


class _Words(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""


def describe(event: Event) -> str:
    """Say in one sentence what happened; an unregistered verb stands as it is."""
    words = _Words(actor=event.actor_name, subject=event.subject, reason=event.reason)
    words |= {key: _spell(value) for key, value in event.data.items()}
    return VERBS.get(event.verb, "{actor}：" + event.verb).format_map(words)


def _spell(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_spell(each) for each in value)
    return "" if value is None else str(value)


def of_case(case_id: UUID) -> QuerySet[Event]:
    return Event.objects.filter(case_id=case_id).order_by("at", "id")


def of_subject(subject: object) -> QuerySet[Event]:
    return Event.objects.filter(subject=str(subject)).order_by("at", "id")


def months_ahead() -> int:
    """How many months beyond this one have a partition of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
            " WHERE i.inhparent = 'audit_event'::regclass AND c.relname ~ '^audit_event_[0-9_]+$'"
            " AND c.relname > 'audit_event_' || to_char(now() AT TIME ZONE 'Asia/Shanghai', 'YYYY_MM')"
        )
        found = cursor.fetchone()
    return int(found[0]) if found else 0
