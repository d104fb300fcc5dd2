"""Filings that the rules may decide: each folder says where its facts come from and how it is entered and printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted


@dataclass(frozen=True, slots=True)
class Screened:
    """`enter` does what the decision is about; `give_papers` prints afterwards, None where nothing is to be printed.

    `decides`: step and outcome by which the rules decide.
    """

    facts: Callable[[Case], dict[str, Wanted]]
    enter: Callable[..., None]
    give_papers: Callable[..., None] | None
    decides: tuple[str, str] = ("rules", "register")


FILINGS: dict[str, Screened] = {}  # by procedure
