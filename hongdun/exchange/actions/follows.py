"""Starting and stopping to follow, and finding who follows what has changed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count
from django.utils.timezone import localdate

from hongdun.audit import actions as audit
from hongdun.base.scope import system_scope
from hongdun.exchange.models import Follow, Follower, Match
from hongdun.exchange.queries import changes as feed
from hongdun.exchange.queries.follows import person_of
from hongdun.lib import text
from hongdun.register import queries as register

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.exchange.models import Change

MOST = 500
SHORTEST = 2
SHORTEST_ADDRESS = 4  # all words together: a street or a village, not a county


class FollowError(ValueError):
    """What can't be followed; the message says why and how to mend it."""


@transaction.atomic
def follow_entity(uscc: str, *, actor: Actor) -> Follow:
    entity = register.current(uscc)
    if entity is None:
        raise FollowError(f"登记簿没有统一社会信用代码 {uscc}，请从企业的页面点“关注”")
    return _start(Follow.Kind.ENTITY, key=uscc, words=[], label=entity.name or uscc, actor=actor)


@transaction.atomic
def follow_words(kind: str, typed: str, *, actor: Actor) -> Follow:
    """Words that a new name, or a new address, must all contain."""
    words = sorted({text.normalise_name(word).upper() for word in typed.split()})
    if not words or any(len(word) < SHORTEST for word in words):
        raise FollowError("每个词至少两个字，多个词用空格隔开，例如 邕江 商贸")
    if kind == Follow.Kind.ADDRESS and len("".join(words)) < SHORTEST_ADDRESS:
        raise FollowError("这个地址范围太大，请写到街道、路名或者村，例如 民生路1号")
    if kind == Follow.Kind.NAME and register.find(" ".join(words)).more:
        raise FollowError("含有这些字的名称太多，请再加一个词，例如字号")
    label = " ".join(typed.split())
    return _start(kind, key=_least_common(kind, words), words=words, label=label, actor=actor)


def _start(kind: str, *, key: str, words: list[str], label: str, actor: Actor) -> Follow:
    mine = Follow.objects.filter(person=person_of(actor))
    known = mine.filter(kind=kind, words=words, **({} if words else {"key": key})).first()
    if known:
        return known
    if mine.count() >= MOST:
        raise FollowError(f"最多关注 {MOST} 项，请先停止不再需要的")
    follower(person_of(actor))
    started = Follow.objects.create(
        person=person_of(actor), kind=kind, key=key, words=words, label=label[:200]
    )
    audit.record("follow.started", actor=actor, subject=started.pk, kind=kind)
    return started


def _least_common(kind: str, words: list[str]) -> str:
    """The piece by which fewest others are found, so that a change meets few who don't want it."""
    pieces = _pieces(*words)
    with system_scope("选择关注的检索词"):
        rows = Follow.objects.filter(kind=kind, key__in=pieces).values_list("key").annotate(n=Count("id"))
        taken = Counter(dict(rows))
    return min(pieces, key=lambda piece: (taken[piece], piece))


def _pieces(*words: str) -> list[str]:
    """Each two neighbouring characters; kept as text, so that a change of the search index doesn't matter."""
    return sorted({one + other for word in words for one, other in pairwise(word)})


def follower(person: UUID) -> Follower:
    """How the person wants to be told; from the first time on, of what comes after it."""
    found, _ = Follower.objects.get_or_create(person=person, defaults={"mailed": feed.head()})
    return found


@transaction.atomic
def stop(number: UUID, *, actor: Actor) -> None:
    """Raises Follow.DoesNotExist for others'."""
    found = Follow.objects.filter(person=person_of(actor)).get(pk=number)
    audit.record("follow.stopped", actor=actor, subject=found.pk, kind=found.kind)
    found.delete()


@transaction.atomic
def choose_mail(mail: str, *, actor: Actor) -> None:
    found = follower(person_of(actor))
    if found.mail == Follower.Mail.NONE:
        found.mailed = feed.head()  # what happened in the silence stays unsaid
    found.mail = mail
    found.save(update_fields=["mail", "mailed"])


@transaction.atomic
def renew_feed(*, actor: Actor) -> None:
    """Make the old secret address worthless."""
    found = follower(person_of(actor))
    found.stamp += 1
    found.save(update_fields=["stamp"])
    audit.record("follow.feed_renewed", actor=actor, subject=found.pk)


def match(change: Change) -> None:
    """Note for whom the change is; in the transaction that makes it public."""
    if not change.uscc:
        return
    found = list(Follow.objects.filter(kind=Follow.Kind.ENTITY, key=change.uscc))
    if _concerns(change, "name"):
        found += _by_words(Follow.Kind.NAME, change.name)
    if _concerns(change, "domicile"):
        found += _by_words(Follow.Kind.ADDRESS, _address(change))
    Match.objects.bulk_create(
        Match(follow=each, person=each.person, position=change.position) for each in found
    )


def _address(change: Change) -> str:
    """As this very change left it, whatever has been filed since."""
    on = change.facts.get("on")
    state = register.as_of(change.uscc, date.fromisoformat(on) if on else localdate(change.at), change.at)
    return state.particulars.domicile.text if state else ""


def _concerns(change: Change, item: str) -> bool:
    return change.topic == "register.established" or item in change.facts.get("items", ())


def _by_words(kind: str, given: str) -> list[Follow]:
    whole = given.upper()
    candidates = Follow.objects.filter(kind=kind, key__in=_pieces(whole))
    return [each for each in candidates if all(word in whole for word in each.words)]
