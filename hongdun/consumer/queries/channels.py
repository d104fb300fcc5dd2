"""Which ways in count as a complaint or report, and from when on (Order 121 art. 8; before it Order 20 art. 8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.consumer.queries import tables

if TYPE_CHECKING:
    from datetime import date


class UnknownChannel(LookupError):
    """No channel of this name on that day."""


@dataclass(frozen=True, slots=True)
class Channel:
    """`counts`: what comes this way is a complaint or report at once; otherwise a call or a link makes it one."""

    code: str
    label: str
    counts: bool
    line: tables.Line

    @property
    def citation(self) -> str:
        return self.line.citation


def channel(code: str, *, on: date) -> Channel:
    for line in tables.in_force("channels", on):
        if line["code"] == code:
            return Channel(code, line["label"], line["counts"] == "1", line)
    raise UnknownChannel(f"{on} 没有“{code}”这个渠道，请从渠道表中选择。")


def codes(*, on: date) -> list[str]:
    return list(dict.fromkeys(line["code"] for line in tables.in_force("channels", on)))


def choices(*, on: date) -> list[tuple[str, str]]:
    """Channels by which an officer enters what came in."""
    typed = ("phone_12315", "counter", "letter", "platform_12315", "fax")
    return [(code, channel(code, on=on).label) for code in typed if channel(code, on=on).counts]
