from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.audit import actions as audit
from hongdun.audit.models import Event
from hongdun.base.actor import Actor
from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope

if TYPE_CHECKING:
    from uuid import UUID

QINGXIU = 450103000
LIUZHOU = 450200000


def officer(organ: int | None = QINGXIU, *, name: str = "韦国强", person: UUID | None = None) -> Actor:
    return Actor(name=name, kind="officer", person=person or uuid7(), post=uuid7(), organ=organ)


def events(count: int = 1, **data: Any) -> list[UUID]:
    """Record some events and return their ids, oldest first."""
    with system_scope("测试"):
        before = set(Event.objects.values_list("id", flat=True))
        actor = officer()
        for number in range(count):
            audit.record(
                "case.opened", actor=actor, subject=f"case/{number}", reason="测试", number=number, **data
            )
        return list(Event.objects.exclude(id__in=before).order_by("id").values_list("id", flat=True))
