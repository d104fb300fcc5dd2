"""The public list of notices: found by words or code, narrowed, and read page by page."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.clock import today
from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.registration.publicity import actions as publicity

if TYPE_CHECKING:
    from hongdun.registration.publicity.models import Announcement

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
NANNING, LIUZHOU = 450103000, 450202000
CODE = "91450102GX0000007C"
LINK = re.compile(r'class="hd-results__title">\s*<a class="govuk-link" href="([^"]+)">([^<]+)</a>')
NEXT = re.compile(r'href="(\?[^"]*after=[^"]+)"')


def announced(
    name: str, *, kind: str = "cancellation", organ: int = NANNING, days: int = 20, ago: int = 0
) -> Announcement:
    since = today() - timedelta(days=ago)
    with system_scope("测试"):
        return publicity.announce(
            notice=uuid7(),
            kind=kind,
            organ=organ,
            uscc=CODE,
            name=name,
            since=since,
            until=since + timedelta(days=days),
        )


def found(query: str = "") -> list[str]:
    return [name for _, name in LINK.findall(Client().get(f"/notices/{query}").content.decode())]


def test_words_in_any_order_find_a_notice_and_other_words_do_not() -> None:
    announced("南宁红豆商贸有限公司")
    announced("柳州绿豆食品有限公司", organ=LIUZHOU)
    assert found("?q=红豆") == ["南宁红豆商贸有限公司"]
    assert found("?q=商贸 南宁") == ["南宁红豆商贸有限公司"]
    assert found("?q=公司 红豆 柳州") == []
    nothing = Client().get("/notices/?q=红豆 柳州").content.decode()
    assert "没有找到名称含“红豆 柳州”的" in nothing
    assert "共 0" not in nothing


def test_pairs_that_stand_apart_are_no_word() -> None:
    announced("南宁红豆红商贸有限公司")
    assert found("?q=豆红豆") == []


def test_a_code_finds_all_of_an_enterprise() -> None:
    announced("南宁红豆商贸有限公司")
    announced("南宁红豆商贸有限公司", kind="decrease", ago=1)
    assert len(found(f"?q={CODE.lower()}")) == 2
    assert found("?q=91450102GX0000006D") == []


def test_filters_stand_in_the_address_and_work_together() -> None:
    announced("甲乙有限公司", days=0)
    announced("丙丁有限公司", ago=21)
    announced("戊己有限公司", kind="decrease", organ=LIUZHOU, days=45)
    assert found("?state=open") == ["戊己有限公司", "甲乙有限公司"]  # the last day still counts
    assert found("?state=over") == ["丙丁有限公司"]
    assert found("?kind=decrease") == ["戊己有限公司"]
    assert found("?city=4501&state=open") == ["甲乙有限公司"]
    assert found(f"?last={today() - timedelta(days=21)}") == ["丙丁有限公司"]
    assert found(f"?first={today() - timedelta(days=20)}&q=有限&city=4502") == ["戊己有限公司"]


def test_what_cannot_be_looked_for_is_said() -> None:
    announced("甲乙有限公司")
    assert found("?q=甲") == []
    assert "至少两个字" in Client().get("/notices/?q=甲").content.decode()
    page = Client().get("/notices/?first=昨天").content.decode()
    assert "公告日期应为年-月-日" in page
    assert "甲乙有限公司" in page


def test_each_kind_leads_to_what_it_says() -> None:
    notice = announced("甲乙有限公司")
    for kind in ("decrease", "liquidation", "void"):
        announced("甲乙有限公司", kind=kind)
    links = {href for href, _ in LINK.findall(Client().get("/notices/").content.decode())}
    assert links == {f"/notices/{notice.pk}/"} | {
        f"/notices/{each}/?uscc={CODE}" for each in ("decrease", "liquidation", "licences")
    }


def test_pages_go_on_with_words_and_filters_and_show_each_notice_once() -> None:
    for number in range(45):
        announced(f"第{number:02}家有限公司", ago=number % 3)
    announced("柳州绿豆食品有限公司", organ=LIUZHOU)
    query, seen = "?q=有限公司&city=4501", []
    for _ in range(3):
        page = Client().get(f"/notices/{query}").content.decode()
        seen += [name for _, name in LINK.findall(page)]
        query = next(iter(NEXT.findall(page)), "").replace("&amp;", "&")
    assert len(seen) == len(set(seen)) == 45
    assert query == ""
    assert "45" in Client().get("/notices/?q=有限公司&city=4501").content.decode()


def test_notices_from_before_enter_the_list() -> None:
    from importlib import import_module

    from django.apps import apps

    from hongdun.registration.models import PublicNotice

    with system_scope("测试"):
        PublicNotice.objects.create(
            organ=NANNING, case_id=uuid7(), uscc=CODE, name="旧公示有限公司", text="公示", since=date(2026, 9, 1),
            until=date(2026, 9, 21), state="opposed",
        )  # fmt: skip
        import_module("hongdun.registration.migrations.0013_announcement").earlier(apps, None)
    assert found("?q=旧公示&state=over") == ["旧公示有限公司"]
    assert "有人提出异议" in Client().get("/notices/?q=旧公示").content.decode()
