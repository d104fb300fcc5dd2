"""What views hand to the page parts in `templatetags/hd.py`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True)
class SummaryRow:
    """`change_url` leads to the form of this answer; `value` may be safe HTML."""

    label: str
    value: object
    change_url: str = ""
    change_words: str = "修改"


@dataclass(frozen=True)
class TaskItem:
    """One topic of a guided filing; without `url` it can't be started yet. `colour` as in Tag."""

    title: str
    status: str
    url: str = ""
    hint: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Happening:
    """One entry of a history: `when` is aware, `text` an opinion or a reason in plain words."""

    when: dt.datetime | dt.date
    title: str
    who: str = ""
    text: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Finding:
    """What an officer has to know before deciding: how grave, what, by which article, what to do; `links`: label, url.

    `tone`: "stop" where the law stands against it if it is so, "look" where it has to be looked at, "know" otherwise.
    """

    tone: str
    title: str
    text: str
    advice: str
    article: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TabLink:
    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""


@dataclass(frozen=True)
class Pager:
    """A keyset page: addresses of the neighbours, and how many there are as far as it is known."""

    previous_url: str = ""
    next_url: str = ""
    total: int | None = None
    capped: bool = False
