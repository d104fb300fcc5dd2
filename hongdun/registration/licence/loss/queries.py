"""声明作废: of what was lost or destroyed, by the holder, at once (条例 art. 37)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.registration.allowable import Blocker
from hongdun.registration.licence import holding
from hongdun.registration.licence.application import (
    PLAIN,
    SIGNED_ON_LINE,
    answers,
    concerns,
    facts,
    signatories,
    stored,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hongdun.register.models import Entity

__all__ = ["PLAIN", "SIGNED_ON_LINE", "answers", "blockers", "concerns", "facts", "signatories", "stored"]


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    yield from holding.against_declaring(entity)
    if not holding.declarable(entity):
        yield Blocker("nothing", "没有可以声明作废的营业执照：已经声明作废的，可以直接补领。", holding.LOSS)
