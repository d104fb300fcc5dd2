from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.models import Matter
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from hongdun.cases.models import Case

WORST, BEST = 1, 5


def rate(case: Case, *, rating: int, words: str) -> None:
    """The sender says once how satisfied they are with how it was handled."""
    if not case.closed:
        raise cases.Refused("还没有办结，办结后才能评价。")
    if not WORST <= rating <= BEST:
        raise cases.Incomplete("请选择 1 至 5 分。", field="rating")
    with system_scope("投诉人评价") as actor:
        changed = Matter.objects.filter(pk=case.pk, rating=None).update(
            rating=rating, rating_words=words[:500]
        )
        if not changed:
            raise cases.Refused("这一件已经评价过了，谢谢。")
        audit.record(
            "consumer.rated",
            actor=actor,
            subject=case.number,
            organ=case.organ,
            case_id=case.id,
            rating=rating,
        )
        outbox.publish("consumer.rated", organ=case.organ, number=case.number, rating=rating)
