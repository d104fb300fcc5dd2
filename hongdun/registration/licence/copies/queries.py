"""增领副本: more duplicates of a licence that is in force (条例 art. 22)."""

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
    yield from holding.against_new(entity)
    if not any(each["copy"] == "original" for each in holding.in_force(entity)):
        yield Blocker(
            "no_original",
            "登记簿上没有有效的营业执照正本，请先补领；副本与正本记载相同。",
            holding.COPIES_ARTICLE,
        )
