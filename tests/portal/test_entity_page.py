from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hongdun.base import sections, wire
from hongdun.base.scope import system_scope
from hongdun.base.sections import Section
from hongdun.lib.entityrows import Row
from hongdun.lib.particulars import Domicile, Scope
from hongdun.portal.queries import reading
from hongdun.register.actions import bulk
from hongdun.register.models import VersionKind
from tests.portal import builders
from tests.register.builders import FOUNDER, changed, company, founded

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def of(entity: Entity, rest: str = "") -> str:
    return f"/entity/{entity.uscc}/{rest}"


def imported(name: str, uscc: str = "91450102MA5K00012D", **items: object) -> str:
    row = Row(uscc, 450102000, company(name=name, **items), {})
    with system_scope("测试"):
        bulk.write([bulk.line(1, row)], kind=VersionKind.IMPORT)
    return f"/entity/{uscc}/"


def test_the_page_shows_everything_that_is_public_in_one_statement(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = builders.well_known()
    page(client, of(entity))
    asked: list[wire.Statement] = []
    row = wire.row
    monkeypatch.setattr(wire, "row", lambda what, *given: asked.append(what) or row(what, *given))
    with CaptureQueriesContext(connection) as queries:
        shown = page(client, of(entity))
    # Sections of other apps ask whether they have anything.
    assert (len(queries), asked) == (len(sections.SECTIONS), [reading.STATEMENT])
    for text in (
        builders.NAME,
        "曾用名",
        builders.FIRST_NAME,
        "批发和零售业（5219）",
        "第二类增值电信业务",
        "执行董事",
        "桂林漓水投资有限公司",
        "200 万元人民币",
        f"{builders.NAME}第001分公司",
        "副本（1）",
        "已换发（2018-07-09）",
        "extract.pdf",
    ):
        assert text in shown
    assert str(FOUNDER) not in shown


def test_search_engines_learn_what_it_is(client: Client, db: None) -> None:
    entity = builders.well_known()
    shown = page(client, of(entity))
    assert f"<title>{builders.NAME} – 红盾网</title>" in shown
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/entity/{entity.uscc}/">' in shown
    assert f'<meta itemprop="identifier" content="{entity.uscc}">' in shown
    assert "noindex" not in shown
    assert 'content="noindex"' in page(client, of(entity, "?as_of=2019-01-01"))


def test_every_anchor_of_the_contents_leads_to_its_section(client: Client, db: None) -> None:
    shown = page(client, of(builders.well_known()))
    contents = shown[shown.index('<nav class="hd-contents"') :]
    anchors = re.findall(r'href="#([\w-]+)"', contents)
    assert len(anchors) >= 8
    assert [each for each in anchors if f'id="{each}"' not in shown] == []


def test_an_ended_entity_says_so_on_top(client: Client, db: None) -> None:
    entity = builders.ended(founded())
    shown = page(client, of(entity))
    assert "自 2022年1月1日 起，登记状态为“注销”" in shown
    assert "决议解散（南宁市兴宁区市场监督管理局）" in shown
    assert '<meta itemprop="dissolutionDate" content="2022-01-01">' in shown


def test_branches_are_found_by_name_and_paged(client: Client, db: None) -> None:
    entity = founded(name="南宁邕江绿豆商贸有限公司")
    builders.loaded("南宁邕江绿豆商贸")  # begins alike, but bears no whole name of a parent
    builders.branches(entity, 61)
    shown = page(client, of(entity))
    assert "分支机构 61 个，先列 20 个" in shown
    assert "第020分公司" in shown
    assert "第021分公司" not in shown
    first, second = (page(client, of(entity, f"branches/{query}")) for query in ("", "?page=2"))
    assert "共 61 个" in first
    assert first.count("分公司</a>") == 50
    assert second.count("分公司</a>") == 11
    assert "page=3" not in second


def test_twenty_branches_stand_on_the_page_without_a_link_to_more(client: Client, db: None) -> None:
    entity = founded()
    builders.branches(entity, 20)
    shown = page(client, of(entity))
    assert "分支机构 20 个：" in shown
    assert "看全部分支机构" not in shown


def test_of_a_name_that_is_no_company_only_words_of_branches_count(client: Client, db: None) -> None:
    entity = founded(name="南宁市邕江旅行社", type="3100")
    builders.branches(entity, 1, ending="联合会")
    assert "所属企业和分支机构" not in page(client, of(entity))


def test_a_branch_leads_to_its_parent(client: Client, db: None) -> None:
    parent = founded(name="南宁邕江绿豆商贸有限公司")
    here = imported("南宁邕江绿豆商贸有限公司兴宁第一分公司", type="2000", capital=None, shares=())
    shown = page(client, here)
    assert f'href="{of(parent)}">南宁邕江绿豆商贸有限公司</a>' in shown
    assert "第十三条" in shown


def test_a_branch_of_nobody_known_has_no_such_section(client: Client, db: None) -> None:
    here = imported("北京某某有限公司南宁分公司", type="2000", capital=None, shares=())
    assert "所属企业和分支机构" not in page(client, here)


def test_a_long_history_is_paged_and_its_pages_meet(client: Client, db: None) -> None:
    entity = founded()
    for number in range(55):
        day = date(2016 + number // 12, 1 + number % 12, 1)
        entity = changed(entity, day, domicile=Domicile(f"朝阳路{number}号", "450102"))
    shown = page(client, of(entity))
    assert shown.count("<caption") == 10
    assert "看全部 55 次" in shown
    first, second = (page(client, of(entity, f"changes/{query}")) for query in ("", "?page=2"))
    assert (first.count("<caption"), second.count("<caption")) == (50, 5)
    assert "朝阳路4号" in second
    assert "民生路1号" in second
    page(client, of(entity, "changes/?page=3"), 404)


def test_imported_rows_with_gaps_show_no_empty_lines(client: Client, db: None) -> None:
    here = imported(
        "南宁旧豆厂", type="0000", representative="", capital=None, domicile=Domicile(""), scope=Scope(""),
        people=(), shares=(), industry="",
    )  # fmt: skip
    shown = page(client, here)
    for absent in ("住所", "经营范围", "主要人员", "股东及出资", "营业期限", "行业"):
        assert f">{absent}</dt>" not in shown
    assert "没有变更记录" in shown
    assert "没有核发记录" in shown


def test_other_apps_add_sections(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    entity = founded()
    seen = []

    def facts(subject: Entity) -> dict[str, object] | None:
        seen.append(subject.uscc)
        return {"rows": [], "count": 7}

    monkeypatch.setattr(sections, "SECTIONS", [])
    sections.add(Section("penalties", "行政处罚", "portal/entity/particulars.html", 45, facts))
    sections.add(Section("nothing", "年度报告", "portal/entity/particulars.html", 46, lambda _: None))
    shown = page(client, of(entity))
    assert seen == [entity.uscc]
    assert '<a class="govuk-link" href="#penalties">行政处罚 7</a>' in shown
    assert shown.index('id="shares"') < shown.index('id="penalties"') < shown.index('id="changes"')
    assert "年度报告" not in shown


def test_it_can_be_followed(client: Client, db: None) -> None:
    entity = founded()
    assert f'href="/follow/?entity={entity.uscc}">关注它的变更' in page(client, of(entity))


def test_the_address_is_there_to_scan(client: Client, db: None) -> None:
    response = client.get("/entity/91450102GX0000007C/qr.svg")
    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert client.get("/entity/none/qr.svg").status_code == 404


def test_robots_learn_where_not_to_go(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /desk/" in lines
    assert not any(line.endswith("/entity/") for line in lines)


@pytest.mark.parametrize("rest", ["", "changes/", "branches/", "qr.svg", "extract.pdf"])
@pytest.mark.parametrize("code", ["91450102GX0000007X", "%00" * 18, "x", "\N{FULLWIDTH PERCENT SIGN}" * 18])
def test_no_code_breaks_a_page(client: Client, db: None, code: str, rest: str) -> None:
    assert client.get(f"/entity/{code}/{rest}").status_code in ({404, 200} if rest == "qr.svg" else {404})
