from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q

from hongdun.base.actor import Actor
from hongdun.base.clock import today
from hongdun.lib import organs
from hongdun.org.models import Absence, Level, Officer, Organ, Post, Role

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

PAGE = 50
NAMED_SECONDS = 60
_named: dict[int, tuple[float, Organ]] = {}
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
        deputises=tuple(getattr(post, "absent", ())),
    )


def posts_of(officer_id: UUID, *, day: date | None = None) -> list[Post]:
    """Posts the officer may take up on that day (today)."""
    posts = Post.objects.on(day or today()).filter(officer=officer_id)
    return list(posts.select_related("officer", "organ").order_by("organ_id", "role"))


def post_in_force(post_id: UUID, *, officer_id: UUID, stamp: int) -> Post | None:
    """The one query of each officer's request: ended posts and ended sessions are none from that moment."""
    posts = Post.objects.on(today()).filter(id=post_id, officer=officer_id, officer__stamp=stamp)
    return posts.annotate(absent=_absent()).select_related("officer", "organ").first()


def _absent() -> ArraySubquery:
    """Who is absent today at the organ of the post and named its officer as deputy."""
    away = Absence.objects.on(today()).filter(deputy=OuterRef("officer"), organ=OuterRef("organ"))
    return ArraySubquery(away.values("officer"))


def absences(actor: Actor) -> list[Absence]:
    """Absences at the actor's organ that last or lie ahead: all of them for its head, else those one has to do with."""
    found = Absence.objects.filter(organ=actor.organ, ended=None, last_day__gte=today())
    if Role.HEAD not in actor.roles:
        found = found.filter(Q(officer=actor.person) | Q(deputy=actor.person))
    return list(found.select_related("officer", "deputy")[:PAGE])


def colleagues(organ: int) -> list[tuple[UUID, str]]:
    """Officers with a post at the organ today and what they are there."""
    posts = Post.objects.on(today()).filter(organ=organ).select_related("officer").order_by("officer__name")
    found: dict[UUID, tuple[str, list[str]]] = {}
    for post in posts:
        found.setdefault(post.officer_id, (post.officer.name, []))[1].append(post.get_role_display())
    return [(key, f"{name}（{'、'.join(roles)}）") for key, (name, roles) in found.items()]


def roles_at(officer_id: UUID, *, organ: int, on: date) -> frozenset[str]:
    """Everything the officer may do at this organ on a day, over all posts."""
    posts = Post.objects.on(on).filter(officer=officer_id, organ=organ)
    return frozenset().union(*map(roles_of, posts))


def organ(code: int) -> Organ:
    return Organ.objects.get(code=code)


def named(code: int) -> Organ:
    """An organ for pages that only say its name: read again after a minute, for names change once in years."""
    until, known = _named.get(code, (0.0, None))
    if known is None or monotonic() > until:
        known = organ(code)
        _named[code] = (monotonic() + NAMED_SECONDS, known)
    return known


def county_bureau_of(code: int) -> Organ:
    """Whose name and seal the papers of an organ bear: of a station, its county bureau (承办 is the station).

    派出机构 act in the name of the bureau that set them up (市场主体登记管理条例 第五条).
    """
    return organ(organs.county_of(code) or code)


def government_of(code: int) -> str:
    """The government at the bureau's own level, which hears applications for review (行政复议法 art. 24).

    A development zone has no government of its own: its city's hears them.
    """
    found = county_bureau_of(code)
    is_zone = found.level == Level.COUNTY and str(found.code // 1000) != found.division
    seat = organ(organs.city_of(code) or code) if is_zone else found
    return f"{seat.name.removesuffix('市场监督管理局')}人民政府"


def city_choices() -> list[tuple[int, str]]:
    """City bureaus under the names of their cities."""
    found = Organ.objects.on(today()).filter(level=Level.CITY).order_by("code")
    return [(each.code, each.short.removesuffix("局")) for each in found]


def county_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Bureaus that register enterprises, grouped by city, for a select."""
    standing = Organ.objects.on(today()).filter(level__in=[Level.CITY, Level.COUNTY])
    groups: dict[int, tuple[str, list[tuple[int, str]]]] = {}
    for each in standing.order_by("code"):
        if each.level == Level.CITY:
            groups[each.code] = (each.short.removesuffix("局"), [])
        else:
            groups[organs.city_of(each.code) or 0][1].append((each.code, each.name))
    return list(groups.values())


def bureau_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Every bureau that registers, for a select: the region's own, then each city's with its counties."""
    higher = Organ.objects.on(today()).filter(level__in=[Level.REGION, Level.CITY]).order_by("code")
    names = {each.code: each.name for each in higher}
    groups = [
        ("自治区", [(code, name) for code, name in names.items() if organs.level(code) == organs.REGION])
    ]
    for city, counties in county_choices():
        above = organs.city_of(counties[0][0]) if counties else None
        groups.append((city, [*([(above, names[above])] if above else []), *counties]))
    return groups


def bureaus_of(actor: Actor) -> list[tuple[int, str]]:
    """Standing bureaus in the actor's range, stations apart."""
    standing = Organ.objects.on(today()).filter(code__range=actor.range).exclude(level=Level.STATION)
    return [(each.code, each.name) for each in standing.order_by("code")]


def station_choices(county: int) -> list[tuple[int, str]]:
    stations = Organ.objects.on(today()).filter(level=Level.STATION).in_scope(county)
    return [(each.code, each.short) for each in stations.order_by("code")]


def holders(*, organ: int, roles: set[str]) -> list[Post]:
    """Officers of one bureau who hold one of these roles today."""
    posts = Post.objects.on(today()).filter(organ=organ, role__in=roles)
    return list(posts.select_related("officer").order_by("officer__name"))


def holds(officer_id: UUID, *, organ: int, role: str, on: date) -> bool:
    wanted = {role} | {post for post, roles in IMPLIED.items() if role in roles}
    return Post.objects.on(on).filter(officer=officer_id, organ=organ, role__in=wanted).exists()


def officers_of(actor: Actor) -> QuerySet[Officer]:
    """Officers staffed in the actor's range, and those from outside who hold a post in it."""
    held = Post.objects.on(today()).filter(organ__code__range=actor.range).values("officer")
    return Officer.objects.filter(Q(organ__code__range=actor.range) | Q(id__in=held)).select_related("organ")


def in_range(code: int, actor: Actor) -> bool:
    lowest, highest = actor.range
    return lowest <= code <= highest


@dataclass(frozen=True, slots=True)
class OfficersPage:
    officers: Sequence[Officer]
    total: int
    has_previous: bool
    has_next: bool

    @property
    def first(self) -> str:
        return self.officers[0].login if self.officers else ""

    @property
    def last(self) -> str:
        return self.officers[-1].login if self.officers else ""


def officers_page(actor: Actor, *, search: str, after: str = "", before: str = "") -> OfficersPage:
    """One page in order of log-in; `search` is part of a name, a log-in or an organ's name."""
    found = officers_of(actor)
    if search:
        found = found.filter(
            Q(name__contains=search) | Q(login__contains=search.lower()) | Q(organ__name__contains=search)
        )
    total = found.count()
    held = Prefetch("posts", Post.objects.on(today()).select_related("organ"), to_attr="held")
    rows = found.prefetch_related(held)
    if before:
        some = list(rows.filter(login__lt=before).order_by("-login")[: PAGE + 1])
        return OfficersPage(some[:PAGE][::-1], total, has_previous=len(some) > PAGE, has_next=True)
    some = list(rows.filter(login__gt=after).order_by("login")[: PAGE + 1])
    return OfficersPage(some[:PAGE], total, has_previous=bool(after), has_next=len(some) > PAGE)


def division_choices(code: int) -> list[tuple[str, str]]:
    """Counties in the city of an organ (of the whole region for the region itself), by their division codes."""
    city = organs.city_of(code) or code
    standing = Organ.objects.on(today()).filter(level=Level.COUNTY).in_scope(city).order_by("code")
    return [(organs.division(each.code), each.name.removesuffix("市场监督管理局")) for each in standing]
