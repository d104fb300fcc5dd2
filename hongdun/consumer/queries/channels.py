"""Which ways in count as a complaint or report, and from when on (Order 121 art. 8; before it Order 20 art. 8)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from hongdun.law.models import Statute
from hongdun.lib import articles


class UnknownChannel(LookupError):
    """No channel of this name on that day."""


@dataclass(frozen=True, slots=True)
class Channel:
    """`counts`: what comes this way is a complaint or report at once; otherwise a call or a link makes it one."""

    code: str
    label: str
    counts: bool
    statute: str
    article: str
    valid_from: date
    valid_to: date | None
    verified: bool

    @property
    def citation(self) -> str:
        return articles.cite(Statute.objects.get(code=self.statute).short, self.article)

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def channel(code: str, *, on: date) -> Channel:
    for found in _channels():
        if found.code == code and found.in_force(on):
            return found
    raise UnknownChannel(f"{on} 没有“{code}”这个渠道，请从渠道表中选择。")


def codes(*, on: date) -> list[str]:
    return list(dict.fromkeys(found.code for found in _channels() if found.in_force(on)))


def choices(*, on: date) -> list[tuple[str, str]]:
    """Channels by which an officer enters what came in."""
    typed = ("phone_12315", "counter", "letter", "platform_12315", "fax")
    return [(code, channel(code, on=on).label) for code in typed if channel(code, on=on).counts]


@cache
def _channels() -> tuple[Channel, ...]:
    text = (files("hongdun.consumer") / "tables" / "channels.csv").read_text("utf-8")
    return tuple(
        Channel(
            row["code"], row["label"], row["counts"] == "1", row["statute"], row["article"],
            date.fromisoformat(row["valid_from"]), date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            row["verified"] == "1",
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip
