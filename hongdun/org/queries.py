from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base.actor import Actor
from hongdun.base.clock import today
from hongdun.lib import organs
from hongdun.org.models import Organ, Post, Role

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

# A head of bureau decides what the bureau's approvers decide; every other post is what it says.
IMPLIED: dict[str, frozenset[str]] = {Role.HEAD: frozenset({Role.HEAD.value, Role.APPROVER.value})}


def roles_of(post: Post) -> frozenset[str]:
    return IMPLIED.get(post.role, frozenset({str(post.role)}))


def actor_for(post: Post) -> Actor:
    """The officer acting in this post; load it with `select_related("officer")`."""
    return Actor(
        name=post.officer.name,
        kind="officer",
        person=post.officer_id,
        organ=post.organ_id,
        post=post.id,
        roles=roles_of(post),
    )


def posts_of(officer_id: UUID, *, day: date | None = None) -> list[Post]:
    """Posts the officer may take up on that day (today)."""
    posts = Post.objects.on(day or today()).filter(officer=officer_id)
    return list(posts.select_related("officer", "organ").order_by("organ_id", "role"))


def post_in_force(post_id: UUID, *, officer_id: UUID, stamp: int) -> Post | None:
    """The one query of each officer's request: ended posts and ended sessions are none from that moment."""
    posts = Post.objects.on(today()).filter(id=post_id, officer=officer_id, officer__stamp=stamp)
    return posts.select_related("officer", "organ").first()


def organ(code: int) -> Organ:
    return Organ.objects.get(code=code)


def county_bureau_of(code: int) -> Organ:
    """Whose name and seal the papers of an organ bear: of a station, its county bureau (承办 is the station).

    派出机构 act in the name of the bureau that set them up (市场主体登记管理条例 第五条).
    """
    return organ(organs.county_of(code) or code)


def document_number(of: Organ, series: str, year: int, number: int) -> str:
    """Six-cornered brackets, the number without 第 and leading zeros (GB/T 9704-2012 7.2.5)."""
    return f"{of.mark}{series}字〔{year}〕{number}号"  # noqa: RUF001 - the standard's brackets
