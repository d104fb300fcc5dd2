"""补领: what was declared void may be had again (条例 art. 37)."""

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
    if not holding.missing(entity):
        yield Blocker(
            "not_declared",
            "没有已声明作废、还没有补领的营业执照；遗失或者毁坏的，请先办理“营业执照作废声明”。",
            holding.LOSS,
        )
