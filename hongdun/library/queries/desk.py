"""What officers see of texts being written and of those issued by their own bureau and below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hongdun.lib import grams
from hongdun.lib import text as texts
from hongdun.library.models import Answer, Draft, Issued, Kind, State

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

PAGE = 50
LONGEST = 60  # characters asked for
OPEN = (State.WRITING, State.CHECKING)


class Page(NamedTuple):
    rows: list[Issued]
    earlier: str  # where the next page begins; "" on the last


def drafts(actor: Actor) -> list[Draft]:
    return list(Draft.objects.filter(organ__range=actor.range, state__in=OPEN).order_by("-id")[:PAGE])


def draft(key: UUID, actor: Actor) -> Draft | None:
    return Draft.objects.filter(organ__range=actor.range, pk=key).first()


def issued(actor: Actor, *, before: UUID | None) -> Page:
    return page_of(Issued.objects.filter(organ__range=actor.range), before)


def warnings(on: date, *, before: UUID | None = None, wanted: str = "") -> Page:
    """For the public, the newest first; with `wanted` those in which every pair of neighbouring characters stands."""
    found = Issued.objects.in_force(on).filter(kind=Kind.WARNING)
    if wanted:
        pieces = grams.of_query([texts.normalise_name(word) for word in wanted[:LONGEST].split()])
        found = found.filter(grams__contains=pieces) if pieces else found.none()
    return page_of(found, before)


def page_of(found: QuerySet[Issued], before: UUID | None) -> Page:
    """Keys grow with time, so a page begins below the last key of the page before."""
    rows = list((found.filter(pk__lt=before) if before else found).order_by("-pk")[: PAGE + 1])
    return Page(rows[:PAGE], str(rows[PAGE - 1].pk) if len(rows) > PAGE else "")


def text(code: str) -> Answer | Issued | None:
    """An answer of the release, or what was issued, as the beginning of a new version."""
    return Answer.objects.filter(pk=code).first() or _issued(code)


def versions(row: Issued) -> list[Issued]:
    """The versions before this one, the newest first."""
    found: list[Issued] = []
    while (before := _issued(row.replaces)) and before not in found:
        found.append(before)
        row = before
    return found


def _issued(code: str) -> Issued | None:
    if len(code) != 36 or code.count("-") != 4:  # noqa: PLR2004 - the shape of a key
        return None
    return Issued.objects.filter(pk=code).first()
