"""What people follow, and which changes met it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from hongdun.base.scope import system_scope
from hongdun.exchange.models import Change, Follow, Follower, Match

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor

SALT = "hongdun.exchange.feed"


@dataclass(frozen=True, slots=True)
class Found:
    """A change, and the follows that had asked for it."""

    change: Change
    labels: list[str]


def person_of(actor: Actor) -> UUID:
    """Who follows: a person; the system has nothing to follow."""
    assert actor.person is not None
    return actor.person


def follows(person: UUID) -> QuerySet[Follow]:
    return Follow.objects.filter(person=person)


def follower(person: UUID) -> Follower | None:
    return Follower.objects.filter(person=person).first()


def matched(person: UUID, *, after: int = 0) -> QuerySet[Change]:
    """Changes that the person follows, each once."""
    positions = Match.objects.filter(person=person, position__gt=after).values("position")
    return Change.objects.filter(position__in=positions)


def newest(person: UUID, limit: int) -> list[Found]:
    found = list(matched(person).order_by("-position")[:limit])
    labels: dict[int, list[str]] = {}
    rows = Match.objects.filter(person=person, position__in=[each.position for each in found])
    for position, label in rows.values_list("position", "follow__label"):
        labels.setdefault(position, []).append(label)
    return [Found(each, labels.get(each.position, [])) for each in found]


def feed_address(found: Follower) -> str:
    return f"{settings.BASE_URL}/follow/feed/{found.id}/{_mark(found)}.atom"


def of_feed(number: UUID, mark: str) -> list[Found] | None:
    """What the secret address shows to whoever knows it; None if it is wrong or was renewed."""
    with system_scope("读取关注订阅"):
        found = Follower.objects.filter(id=number).first()
        if found is None or not constant_time_compare(_mark(found), mark):
            return None
        return newest(found.person, 100)


def _mark(found: Follower) -> str:
    return salted_hmac(SALT, f"{found.id}:{found.stamp}", algorithm="sha256").hexdigest()[:40]
