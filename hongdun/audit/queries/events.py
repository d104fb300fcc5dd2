from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
