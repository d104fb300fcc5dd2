"""What speaks for or against a living need, for the officer who decides; never a refusal by itself (Order 121 art. 17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hongdun.consumer.models import Kind, Matter
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hongdun.cases.models import Case

SHORT = timedelta(days=90)
MANY = 5  # complaints of one person in a short time that are worth a look
SINCE = "2026-04-15"


@dataclass(frozen=True, slots=True)
class Factor:
    words: str
    count: int
    remarkable: bool


def of(case: Case, matter: Matter) -> list[Factor]:
    """Counts with what they mean; under the rule before 2026-04-15 there were none."""
    if matter.kind != Kind.COMPLAINT or matter.received.isoformat() < SINCE or not matter.phone_hash:
        return []
    near = Matter.objects.filter(
        kind=Kind.COMPLAINT, received__gte=matter.received - SHORT, received__lte=matter.received
    ).exclude(pk=case.pk)  # fmt: skip
    own = near.filter(phone_hash=matter.phone_hash)
    return [
        _factor("此人 90 天内的其他投诉", own.count(), MANY),
        _factor("其中同一商家", own.filter(entity=matter.entity).count() if matter.entity else 0, 1),
        _factor("其中同类商品、同类问题", _alike(own, matter), 2),
        _factor("使用同一电话号码的其他姓名", _other_names(case), 1),
    ]


def _factor(words: str, count: int, worth: int) -> Factor:
    return Factor(words, count, count >= worth)


def _alike(own: QuerySet[Matter], matter: Matter) -> int:
    if not (matter.object_class and matter.problem_class):
        return 0
    return own.filter(object_class=matter.object_class, problem_class=matter.problem_class).count()


def _other_names(case: Case) -> int:
    people = [each.person for each in parties.involved_in(case.id)]
    return sum(parties.other_names(person) for person in people)
