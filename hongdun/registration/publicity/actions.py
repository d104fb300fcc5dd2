"""Notices enter the common list, and leave it never: what ended says how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.lib import grams, text
from hongdun.registration.publicity.models import Announcement

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.registration.models import PublicNotice

CITY = 100_000


def announce(
    *, notice: UUID, kind: str, organ: int, uscc: str, name: str, since: date, until: date | None = None
) -> Announcement:
    """In the transaction and the range in which the notice itself is published."""
    return Announcement.objects.create(
        id=notice, kind=kind, organ=organ, uscc=uscc, name=name, since=since, until=until, grams=pieces(name, organ)
    )  # fmt: skip


def pieces(name: str, organ: int) -> list[int]:
    return [*grams.bigrams(text.normalise_name(name)), grams.city(organ // CITY)]


def end(notices: QuerySet[PublicNotice], state: PublicNotice.State) -> None:
    """These notices have a result, here and in the common list."""
    ids = list(notices.values_list("pk", flat=True))
    notices.update(state=state)
    Announcement.objects.filter(pk__in=ids).update(ended=state.label)
