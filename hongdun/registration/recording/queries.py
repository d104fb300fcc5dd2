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
    from hongdun.register.models import Entity

__all__ = [
    "PLAIN", "SIGNED_ON_LINE", "answers", "blockers", "changes", "concerns", "facts", "signatories", "stored",
]  # fmt: skip

PLAIN = CHANGE | {
    ("rules", "register"): "符合规则，当场准予备案",
    ("rules", "people"): "转人工审查",
    ("approve", "register"): "准予备案",
    ("approve", "refuse"): "不予备案，理由和救济途径见通知书",
}


def concerns(entity: Entity) -> bool:
    return entity.entity_type is not UNKNOWN and bool(
        items.of(entity.entity_type, on=clock.today(), filed_only=True)
    )
