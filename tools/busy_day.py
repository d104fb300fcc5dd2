"""A busy day of 12315 in a running demonstration, made through the product's own actions: for pictures and for walks.

200 open matters over all counties, a year behind them, gyms that close, one complaint mediated to its end, a floor of
operators with their calls. Only what lies in the past is told to the database directly, for no clock can be turned back.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from django.db.models import F

from hongdun.base import clock
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, current, system_scope
from hongdun.calls import actions as calls
from hongdun.calls.models import Call, CallbackRequest, Operator, Outcome, SeatState, Stage
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Task
from hongdun.consumer import actions as consumer
from hongdun.consumer.actions import Filing, Merchant, Sender
from hongdun.consumer.models import Kind, Matter
from hongdun.lib import organs
from hongdun.org import queries as org
from hongdun.org.models import Organ, Post
from hongdun.register.models import Entity
from hongdun.statistics.actions import desk, folding
from hongdun.statistics.outbreak import actions as outbreaks

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

OPEN, OUTBREAK, PAST, CALLS = 200, 14, 420, 900
AT_CITY = 12  # of the open ones wait for the city's dispatcher
HURT_EVERY, REPORT_EVERY, SETTLED = 40, 9, 0.6
CITY, COUNTY, STATION = 450_100_000, 450_103_000, 450_103_004
# What is told, its class, its problem, the sum.
STORIES = (
    ("在商场买的空调装上三天就不制冷，商家说要等厂家，一直不来修，要求换货。", "10501", "quality", 3299),
    ("买的蛋糕生产日期被涂改，吃了以后肚子疼，要求退款并赔偿。", "10106", "food_safety", 168),
    ("理发店办的卡还有余额，店关了门，电话没人接，要求退还余额。", "20401", "contract", 1200),
    ("手机买回来发现是翻新机，激活日期是去年，要求退一赔三。", "10601", "counterfeit", 2680),
    ("烧烤店结账时多收餐具费和开瓶费，菜单上没有写明。", "20101", "price", 86),
    ("网上买的床垫尺寸和页面写的不一样，客服不给退。", "10304", "advertising", 899),
    ("加油站加油机显示的升数比油箱还多，怀疑计量不准。", "10801", "measurement", 300),
    ("驾校说包过，交了钱以后又要补考费，合同里没有写。", "20601", "contract", 3500),
)
GYM = "健身房突然关门，年卡刚办两个月，负责人联系不上，要求退还剩余的钱。"
PHONES = "1380077{:04d}"


NAMES = ("农小燕", "韦秋菊", "覃海燕", "黄丽娟", "陆春兰", "蒙晓琳", "梁玉珍", "潘美凤")


def fill() -> None:
    """A year behind, a day like others, gyms that close, one complaint mediated."""
    dice = Random(12315)
    past(dice)
    for number in range(OPEN - OUTBREAK):
        tell(dice, number, STORIES[number % len(STORIES)], days_ago=min(int(dice.expovariate(0.25)), 6))
    for number in range(OUTBREAK):
        tell(dice, OPEN + number, (GYM, "20501", "contract", 2000 + 100 * number), days_ago=0, city=CITY)
    for number in range(AT_CITY):
        tell(dice, 500 + number, STORIES[number % len(STORIES)], days_ago=number % 3, at_city=True)
    mediate()
    floor(dice)
    with system_scope("示例"):
        outbreaks.watch(actor=current())
    folding.recount(everything=True)
    folding.fold_all()
    roster()


def tell(
    dice: Random,
    number: int,
    story: tuple[str, str, str, int],
    *,
    days_ago: int,
    city: int = 0,
    at_city: bool = False,
) -> Case:
    """Somebody turns to a county, by telephone, against one of its businesses."""

    with system_scope("示例") as actor:
        counties = Organ.objects.filter(level=organs.COUNTY).order_by("code")
        if city:
            counties = counties.filter(code__range=organs.scope(city))
        codes = list(counties.values_list("code", flat=True))
        organ = CITY if at_city else codes[min(int(dice.expovariate(4.5) * len(codes)), len(codes) - 1)]
        shops = Entity.objects.filter(organ__range=organs.scope(COUNTY)).order_by("uscc")
        shop = shops[dice.randrange(shops.count())]
        text, goods, problem, amount = story
        phone = PHONES.format(number)
        day = clock.today() - timedelta(days=days_ago)
        at = clock.now() if not days_ago else datetime.combine(day, time(9 + number % 8), clock.now().tzinfo)
        contact = consumer.receive(
            channel="phone_12315", key=f"picture-{number}-{days_ago}", payload=text, organ=organ, actor=actor,
            sender_phone=phone, received_at=at,
        )  # fmt: skip
        kind = Kind.REPORT if number % REPORT_EVERY == 0 else Kind.COMPLAINT
        filing = Filing(
            kinds=frozenset({kind}), sender=Sender("李女士", phone, "南宁市"), text=text, amount=amount,
            merchant=Merchant(shop.name, shop.address, entity=shop.pk), object_class=goods, problem_class=problem,
            urgency=("injury",) if number % HURT_EVERY == 0 else (),
        )  # fmt: skip
        (case,) = consumer.submit(contact, filing, actor=actor)
    return case


def past(dice: Random) -> None:
    """Matters of the last year, closed; when they were is told to the database, for no clock can be turned back."""

    for number in range(PAST):
        days_ago = 12 + dice.randrange(370)
        case = tell(dice, 1000 + number, STORIES[number % len(STORIES)], days_ago=days_ago)
        with system_scope("示例"):
            ended = case.opened - timedelta(days=days_ago - dice.randrange(1, 12))
            settled = dice.random() < SETTLED
            Case.objects.filter(pk=case.pk).update(closed=ended, outcome="close")
            step = "verify" if number % REPORT_EVERY == 0 else "accept"
            tasks = Task.objects.filter(case=case, done=None)
            tasks.update(
                step=step, outcome="accept", due=ended.date(), done=ended - timedelta(days=dice.randrange(4))
            )
            Matter.objects.filter(pk=case.pk).update(
                result="settled" if settled else "terminated", rating=dice.randint(3, 5),
                recovered=dice.randrange(50, 3000) if settled else None,
            )  # fmt: skip


def mediate() -> None:
    """From the city's desk to the county, to the station, to an agreement."""

    clerk, examiner = officer("nn.clerk"), officer("qx.examiner")
    head, lead = officer("nh.head"), officer("nh.station")
    story = STORIES[0]
    with acting(clerk):
        contact = consumer.receive(
            channel="phone_12315", key="picture-mediated", payload=story[0], organ=CITY, actor=clerk,
            sender_phone="13800770077",
        )  # fmt: skip
        filing = Filing(
            kinds=frozenset({Kind.COMPLAINT}), sender=Sender("李红梅", "13800770077", "南宁市青秀区东葛路 9 号"),
            text=story[0], amount=story[3], claims=("exchange", "refund"), object_class=story[1], problem_class=story[2],
            merchant=Merchant("南宁邕江红豆电器有限公司", "南宁市青秀区民族大道 100 号", "0771-5550000"),
        )  # fmt: skip
        (case,) = consumer.submit(contact, filing, actor=clerk)
    agree = {"complainant_agrees": True, "merchant_agrees": True}
    meet = {
        "way": "site",
        "at": "今日15时",
        "place": "南湖市场监督管理所调解室",
        "mediator": lead.name,
        "recusal_days": 3,
    }
    ends = {
        "agreement": "商家于三日内为投诉人更换同型号新空调一台并免费安装；逾期不能更换的，退还货款3299元。",
        "recovered": story[3],
    }
    steps: tuple[tuple[str, str, Actor, dict[str, Any]], ...] = (
        ("route", "send", clerk, {"route_to": str(COUNTY)}), ("route", "keep", officer("qx.clerk"), {}),
        ("accept", "accept", examiner, {}), ("place", "place", examiner, {"route_to": str(STATION)}),
        ("assign", "assign", head, {"lead": str(lead.person)}), ("consent", "agreed", lead, agree),
        ("arrange", "arrange", lead, meet), ("mediate", "agree", lead, {}), ("record", "statement", lead, ends),
    )  # fmt: skip
    for step, outcome, by, data in steps:
        with acting(by):
            cases.finish_step(case.number, step, cases.Decision(outcome, opinion="同意", data=data), actor=by)


def roster() -> None:

    for login, kind in (("nn.head", "leader"), ("nn.clerk", "officer"), ("qx.head", "leader")):
        by = officer(login)
        with acting(by):
            desk.put_on_duty(officer=by.person, day=clock.today(), kind=kind, actor=by)


def officer(login: str) -> Actor:

    with system_scope("示例"):
        return org.actor_for(Post.objects.select_related("officer").get(officer__login=login))


def floor(dice: Random) -> None:
    """Operators in all states; calls of today and of the same hours of four weeks; two waiting."""
    with system_scope("示例"):
        seated = [calls.take_seat(person=uuid7(), organ=CITY, name=name) for name in NAMES]
        for week in range(5):
            for number in range(CALLS // 5):
                ring(dice, seated[number % len(seated)], weeks_ago=week)
        for seconds in (48, 12):
            waiting(seconds)
        states = (
            SeatState.TALKING,
            SeatState.TALKING,
            SeatState.TALKING,
            SeatState.READY,
            SeatState.WRAP_UP,
            SeatState.TALKING,
        )
        for seat, state in zip(seated, states, strict=False):
            call = answered_call(seat) if state == SeatState.TALKING else None
            calls.change_seat(seat, state, call=call)
        calls.change_seat(seated[6], SeatState.PAUSED, reason="meal")
        Operator.objects.filter(organ=CITY).update(since=F("since") - timedelta(seconds=95))
        Call.objects.filter(ended=None, stage=Stage.TALKING).update(
            answered=clock.now() - timedelta(seconds=95)
        )


def ring(dice: Random, seat: Operator, *, weeks_ago: int) -> None:
    call = calls.receive(uuid7(), organ=CITY, line="12315", caller=PHONES.format(dice.randrange(10_000)))
    at = clock.now() - timedelta(
        weeks=weeks_ago, seconds=dice.randrange(5 * 3600) - (3 * 3600 if weeks_ago else 0)
    )
    wait = int(dice.expovariate(1 / 11))
    talk = timedelta(seconds=60 + int(dice.expovariate(1 / 150)))
    took = wait < 60  # noqa: PLR2004 - the patience of a caller
    begun = at + timedelta(seconds=25 + wait)
    Call.objects.filter(pk=call.pk).update(
        arrived=at, queued=at + timedelta(seconds=25), answered=begun if took else None, operator=seat if took else None,
        released=begun + talk if took else None, ended=begun + talk if took else begun, stage=Stage.ENDED,
        outcome=Outcome.ANSWERED if took else Outcome.ABANDONED, rating=dice.choice((None, 4, 5, 5)) if took else None,
    )  # fmt: skip
    if not took and not weeks_ago and not CallbackRequest.objects.filter(done=None)[3:].exists():
        calls.request_callback(call)


def waiting(seconds: int) -> None:
    call = calls.receive(uuid7(), organ=CITY, line="12315", caller=PHONES.format(9000 + seconds))
    calls.note(call, "queued", stage=Stage.QUEUED, queued=clock.now() - timedelta(seconds=seconds))


def answered_call(seat: Operator) -> Any:
    call = calls.receive(uuid7(), organ=CITY, line="12315", caller=PHONES.format(8000))
    calls.note(call, "answered", stage=Stage.TALKING, queued=clock.now(), answered=clock.now(), operator=seat)
    return call.pk
