"""缴回: of what is no longer needed or no longer in force (条例 art. 37)."""

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
    if not holding.returnable(entity):
        yield Blocker("nothing", "登记簿上没有需要缴回的营业执照。", holding.RETURN)
