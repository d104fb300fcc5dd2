"""Notices by the words of a name or by a code, narrowed to a kind, a city, days, and whether they still run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hongdun.base import clock
from hongdun.lib import grams, text, uscc
from hongdun.registration.publicity.models import Announcement

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

MOST = 1000  # notices that are counted
OPEN, OVER = "open", "over"
STATES = {OPEN: "公示、公告中", OVER: "已经结束"}
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """Empty means everything; `city` has four digits."""

    words: str = ""
    kind: str = ""
    city: str = ""
    state: str = ""
    first: date | None = None
    last: date | None = None


def find(asked: Asked) -> QuerySet[Announcement]:
    """In no order; every word stands in the name."""
    found = Announcement.objects.all()
    code = uscc.normalise(asked.words)
    if len(code) == uscc.LENGTH and code.isascii():
        found = found.filter(uscc=code)
    else:
        words = [text.normalise_name(each) for each in asked.words.split()[:MOST_WORDS]]
        pieces = grams.of_query(words)
        if words and not pieces:
            return found.none()  # a single character can't be looked for
        for word in words:
            found = found.filter(name__icontains=word)
        found = found.filter(grams__contains=pieces) if pieces else found
    if asked.city.isdecimal():
        found = found.filter(grams__contains=[grams.city(int(asked.city))])
    return found.filter(_narrowed(asked))


def _narrowed(asked: Asked) -> Q:
    wanted = Q(kind=asked.kind) if asked.kind else Q()
    wanted &= Q(since__gte=asked.first) if asked.first else Q()
    wanted &= Q(since__lte=asked.last) if asked.last else Q()
    if asked.state == OPEN:
        return wanted & Q(until__gte=clock.today(), ended="")
    return wanted & (Q(until__lt=clock.today()) | ~Q(ended="")) if asked.state == OVER else wanted


def count(found: QuerySet[Announcement]) -> tuple[int, bool]:
    """How many there are, and whether there are more than that."""
    number = found[: MOST + 1].count()
    return min(number, MOST), number > MOST
