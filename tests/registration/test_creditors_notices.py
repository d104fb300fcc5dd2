"""What creditors are told on our own pages, and by when (公司法 art. 224, 225, 235, 条例 art. 32)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.test import Client

from hongdun.base.scope import system_scope
from hongdun.registration.cancellation.ordinary.forms import Liquidation
from hongdun.registration.decrease import queries as decrease
from hongdun.registration.liquidation import queries as liquidation
from hongdun.registration.models import LiquidationNotice
from tests.registration import changes as build
from tests.registration.test_change import refused

if TYPE_CHECKING:
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
PUBLISHED = date(2026, 9, 10)
TYPED = {
    "founded": "2026-09-01", "head": "覃红豆", "members": "覃红豆、韦绿豆",
    "contact": "清算组 0771-5500000，民族大道 100 号",
}  # fmt: skip


def announced(client: Client, **other: str) -> Entity:
    with mock.patch("hongdun.base.clock.today", return_value=PUBLISHED):
        entity = build.company()
        draft = build.begun(client, entity, "liquidation_notice")
        build.fill(client, draft, "notice", TYPED | other)
        build.fill(client, draft, "signer", build.HEAD)
        [signature] = build.ask(draft)
        build.sign(signature, build.HEAD)
        assert build.send(client, draft).closed
    return entity


def test_liquidators_and_the_days_of_creditors_stand_on_a_public_page() -> None:
    """10 September and 45 days is 25 October, a Sunday: creditors have until Monday the 26th."""
    client = build.agent()
    entity = announced(client)
    assert LiquidationNotice.objects.get(entity=entity).until == date(2026, 10, 26)
    page = build.said(Client().get(f"/notices/liquidation/?uscc={entity.uscc}"))
    for words in (entity.name, "负责人 覃红豆", "韦绿豆", "2026-10-26", TYPED["contact"]):
        assert words in page
    assert "没有统一社会信用代码" in build.said(Client().get("/notices/liquidation/?uscc=91450103GX0000000X"))
    assert (
        f"/notices/liquidation/?uscc={entity.uscc}"
        in Client().get(f"/notices/?q={entity.name}").content.decode()
    )
    shown = build.said(Client().get(f"/entity/{entity.uscc}/"))
    for words in ("公告和公示", "清算组和债权人公告", TYPED["contact"]):
        assert words in shown


def test_cancellation_takes_over_what_was_announced_here() -> None:
    client = build.agent()
    entity = announced(client)
    with mock.patch("hongdun.base.clock.today", return_value=date(2026, 11, 2)):
        draft = build.begun(client, entity, "liquidation_notice")  # a second one, of nothing new
        assert "覃红豆" not in build.said(client.get(f"/apply/{draft.pk}/notice/"))
    with system_scope("测试"):
        page = _liquidation_page(entity)
    assert page["liquidators"] == "覃红豆、韦绿豆"
    assert (page["announced"], page["creditors"]) == (PUBLISHED, PUBLISHED)
    typed = {name: str(value) for name, value in page.items()} | {"clearance": "税清 1 号"}
    for finished, right in (("2026-10-26", False), ("2026-10-27", True)):
        assert Liquidation(typed | {"finished": finished}).is_valid() is right


def _liquidation_page(entity: Entity) -> dict[str, Any]:
    from hongdun.registration.cancellation.ordinary.forms import LiquidationPage
    from hongdun.registration.topics import entity as whose

    page = LiquidationPage({"entity": whose.kept(entity)}, actor=build.officer("clerk"))
    assert page.form is not None
    return dict(page.form.initial)


def test_the_head_is_one_of_the_liquidators() -> None:
    client = build.agent()
    with mock.patch("hongdun.base.clock.today", return_value=PUBLISHED):
        draft = build.begun(client, build.company(), "liquidation_notice")
        assert "成员里没有负责人" in refused(client, draft, "notice", TYPED | {"members": "韦绿豆"})
        assert "成立日期晚于今天" in refused(client, draft, "notice", TYPED | {"founded": "2026-09-11"})


# Founded on 1 September: names by the 11th (ten days), creditors by 31 October, a Saturday: Monday 2 November.
@pytest.mark.parametrize(
    ("day", "missed"),
    [(date(2026, 9, 11), 0), (date(2026, 9, 12), 1), (date(2026, 11, 2), 1), (date(2026, 11, 3), 2)],
)
def test_announcing_late_is_told_and_no_bar(day: date, missed: int) -> None:
    assert len(list(liquidation.late(date(2026, 9, 1), announced=day))) == missed


# 1 September and thirty days is 1 October, the first of the national holiday: until the 8th.
@pytest.mark.parametrize(
    ("basis", "article"), [("general", "第二百二十四条第二款"), ("loss", "第二百二十五条第二款")]
)
def test_a_decrease_is_announced_within_thirty_days_of_the_resolution(basis: str, article: str) -> None:
    value = {"basis": basis, "resolved": "2026-09-01"}
    assert decrease.late(value, on=date(2026, 10, 8)) == ""
    assert article in decrease.late(value, on=date(2026, 10, 9))
