"""Complaints and reports of the demonstration: a year behind, and what is open on every desk now."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Task
from hongdun.consumer import actions as consumer
from hongdun.consumer.actions import Filing, Merchant, Sender
from hongdun.consumer.models import Contact, Kind, Matter
from hongdun.lib import organs
from hongdun.org import queries as org
from hongdun.org.models import Organ, Post
from hongdun.register.models import Entity
from hongdun.site.demo.stories import COOLER, GYM, PHONES, SENDERS, STORIES

if TYPE_CHECKING:
    from random import Random
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.site.demo.stories import Story

CITY, COUNTY, STATION = 450_100_000, 450_103_000, 450_103_004
OPEN, OUTBREAK, AT_CITY, PAST = 40, 12, 5, 100
STOPS = (1, 2, 4, 5, 7, 9)  # how far complaints have come on their way: one waits at each desk
HURT_EVERY, REPORT_EVERY, SETTLED = 20, 9, 0.6
CHANNEL, KEY = "phone_12315", "demo-{}"
EARLIEST = 20  # matters of the past were sent in so many days ago at least


class Scene(NamedTuple):
    """Where it happens: the counties, and the businesses of one."""

    counties: list[int]
    shops: list[tuple[UUID, str, str]]


def scene() -> Scene:
    with system_scope("演示数据"):
        counties = Organ.objects.filter(level=organs.COUNTY).order_by("code").values_list("code", flat=True)
        shops = Entity.objects.filter(organ__range=organs.scope(COUNTY)).order_by("uscc")[:200]
        return Scene(list(counties), list(shops.values_list("pk", "name", "address")))


def are_there() -> bool:
    with system_scope("演示数据"):
        return Contact.objects.filter(channel=CHANNEL, key=KEY.format(0)).exists()


def fill(dice: Random) -> None:
    where = scene()
    for number in range(OPEN):
        tell(
            dice, where, number, STORIES[number % len(STORIES)], days_ago=min(int(dice.expovariate(0.25)), 14)
        )
    near = [code for code in where.counties if organs.parent(code) == CITY]
    for number in range(OUTBREAK):
        gym = GYM._replace(amount=GYM.amount + 100 * number)
        tell(dice, where, 300 + number, gym, organ=near[number % 4])
    for number in range(AT_CITY):
        tell(dice, where, 500 + number, STORIES[number % len(STORIES)], days_ago=number % 3, organ=CITY)
    for number in range(PAST):
        days_ago = EARLIEST + dice.randrange(370)
        case = tell(dice, where, 1000 + number, STORIES[number % len(STORIES)], days_ago=days_ago)
        close(dice, case, number, days_ago)
    for number, steps in enumerate(STOPS):
        story = COOLER if steps == len(JOURNEY) else STORIES[number + 1]
        pass_on(number, story, where.shops[number], steps=steps)


def tell(dice: Random, where: Scene, number: int, story: Story, *, days_ago: int = 0, organ: int = 0) -> Case:
    """Somebody turns to a county, by telephone, against one of its businesses."""
    county = where.counties[min(int(dice.expovariate(4.5) * len(where.counties)), len(where.counties) - 1)]
    shop, name, address = where.shops[dice.randrange(len(where.shops))]
    kind = Kind.REPORT if number % REPORT_EVERY == 0 else Kind.COMPLAINT
    filing = Filing(
        kinds=frozenset({kind}), sender=_sender(number), text=story.text, amount=story.amount,
        merchant=Merchant(name, address, entity=shop), object_class=story.goods, problem_class=story.problem,
        urgency=("injury",) if number % HURT_EVERY == 0 else (),
    )  # fmt: skip
    with system_scope("演示数据") as actor:
        return _filed(number, filing, organ=organ or county, at=_at(number, days_ago), actor=actor)


def _sender(number: int) -> Sender:
    return Sender(SENDERS[number % len(SENDERS)], PHONES.format(number), "南宁市")


def _at(number: int, days_ago: int) -> datetime:
    if not days_ago:
        return clock.now()
    day = clock.today() - timedelta(days=days_ago)
    return datetime.combine(day, time(9 + number % 8), clock.now().tzinfo)


def _filed(number: int, filing: Filing, *, organ: int, at: datetime, actor: Actor) -> Case:
    contact = consumer.receive(
        channel=CHANNEL, key=KEY.format(number), payload=filing.text, organ=organ, actor=actor,
        sender_name=filing.sender.name, sender_phone=filing.sender.phone, received_at=at,
    )  # fmt: skip
    (case,) = consumer.submit(contact, filing, actor=actor)
    return case


def close(dice: Random, case: Case, number: int, days_ago: int) -> None:
    """A matter of the last year, told straight to the database: no clock can be turned back."""
    opened = case.opened - timedelta(days=days_ago)
    ended = opened + timedelta(days=dice.randrange(1, 12))
    settled, is_report = dice.random() < SETTLED, number % REPORT_EVERY == 0
    result = "not_opened" if is_report else "settled" if settled else "terminated"
    with system_scope("演示数据"):
        Case.objects.filter(pk=case.pk).update(opened=opened, closed=ended, outcome="close")
        Task.objects.filter(case=case, done=None).update(
            step="verify" if is_report else "accept", outcome="accept", due=ended.date(),
            done=ended - timedelta(hours=dice.randrange(20)),
        )  # fmt: skip
        Matter.objects.filter(pk=case.pk).update(
            result=result, rating=None if is_report else dice.randint(3, 5),
            recovered=dice.randrange(50, 3000) if settled and not is_report else None,
        )  # fmt: skip


MEETING = {
    "way": "site",
    "at": "今日15时",
    "place": "南湖市场监督管理所调解室",
    "mediator": "卢海峰",
    "recusal_days": 3,
}
ENDS = {
    "agreement": "商家于三日内为投诉人更换同型号新空调一台并免费安装；逾期不能更换的，退还货款3299元。",
    "recovered": COOLER.amount,
}
# step, outcome, whose hands, what they fill in; who leads is known when it is assigned.
JOURNEY: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("route", "send", "nn.clerk", {"route_to": str(COUNTY)}),
    ("route", "keep", "qx.clerk", {}),
    ("accept", "accept", "qx.examiner", {}),
    ("place", "place", "qx.examiner", {"route_to": str(STATION)}),
    ("assign", "assign", "nh.head", {"lead": "nh.station"}),
    ("consent", "agreed", "nh.station", {"complainant_agrees": True, "merchant_agrees": True}),
    ("arrange", "arrange", "nh.station", MEETING),
    ("mediate", "agree", "nh.station", {}),
    ("record", "statement", "nh.station", ENDS),
)  # fmt: skip


def pass_on(number: int, story: Story, shop: tuple[UUID, str, str], *, steps: int) -> None:
    """From the city's desk to the county and the station, so many steps far."""
    key, name, address = shop
    filing = Filing(
        kinds=frozenset({Kind.COMPLAINT}), sender=_sender(700 + number), text=story.text, amount=story.amount,
        claims=("exchange", "refund"), object_class=story.goods, problem_class=story.problem,
        merchant=Merchant(name, address, "0771-5550000", entity=key),
    )  # fmt: skip
    clerk = officer("nn.clerk")
    with acting(clerk):
        case = _filed(700 + number, filing, organ=CITY, at=clock.now(), actor=clerk)
    for step, outcome, login, data in JOURNEY[:steps]:
        by = officer(login)
        given = data | ({"lead": str(officer(data["lead"]).person)} if "lead" in data else {})
        with acting(by):
            decision = cases.Decision(outcome, opinion="同意", data=given)
            cases.finish_step(case.number, step, decision, actor=by)


def officer(login: str) -> Actor:
    with system_scope("演示数据"):
        return org.actor_for(Post.objects.select_related("officer").get(officer__login=login))
