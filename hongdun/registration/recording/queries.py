"""What a record filing says: the same as a change, about items that are filed and not registered (条例 art. 9, 29)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.lib.entitytypes import UNKNOWN
from hongdun.registration import items
from hongdun.registration.change.queries import PLAIN as CHANGE
from hongdun.registration.change.queries import (
    SIGNED_ON_LINE,
    answers,
    blockers,
    changes,
    facts,
    signatories,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

__all__ = [
    "PLAIN", "SIGNED_ON_LINE", "answers", "at_once", "blockers", "changes", "concerns", "facts", "signatories", "stored",
]  # fmt: skip

PLAIN = CHANGE | {
    ("rules", "record"): "符合规则，当场准予备案",
    ("rules", "look"): "转人工审查",
    ("approve", "register"): "准予备案",
    ("approve", "refuse"): "不予备案，理由和救济途径见通知书",
}
# Contact data and what leaves nothing to judge: with the right signature it is recorded on the spot (条例 art. 19).
AT_ONCE = frozenset({"liaison", "document_recipient", "beneficial_owner", "term"})


def concerns(entity: Entity) -> bool:
    return entity.entity_type is not UNKNOWN and bool(
        items.of(entity.entity_type, on=clock.today(), filed_only=True)
    )


def at_once(case: Case) -> Iterator[tuple[bool, str]]:
    """Each rule with its outcome; all must hold for a decision on the spot."""
    chosen = set(case.data["items"]["items"])
    rest = items.labels(chosen - AT_ONCE)
    yield not rest, f"只备案{items.labels(AT_ONCE)}" + (f"；本件还有{rest}，须看材料" if rest else "")
    yield bool(case.data.get("signatures")), "由登记在册的法定代表人（负责人）网上签署"
    yield (
        not case.data["others"],
        "没有其他在办的变更或者备案" if not case.data["others"] else "另有在办的变更或者备案",
    )
