"""What the law limits for each kind: numbers on both sides, names, authorities, people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.registration import jurisdiction, kinds
from hongdun.registration.establishment import nameforms
from hongdun.registration.topics import board, holders
from tests.registration import applications as apply
from tests.registration import builders as build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client

pytestmark = [pytest.mark.django_db]

TODAY = date(2026, 11, 24)
Row = dict[str, Any]


def row(**rest: Any) -> Row:
    return {"kind": "natural", "name": "黄志强", "form": "货币"} | rest


def told(entity_type: str, rows: list[Row]) -> str:
    return " ".join(holders.problems(kinds.holders_of(entity_type), rows, on=TODAY))


@pytest.mark.parametrize(
    ("entity_type", "fewest", "most", "article"),
    [
        ("1130", 1, 50, "第四十二条"),
        ("1220", 1, 200, "第九十二条"),
        ("4531", 2, None, "第十四条"),
        ("9110", 3, None, "第五十六条"),
    ],
)
def test_numbers_of_contributors(entity_type: str, fewest: int, most: int | None, article: str) -> None:
    one = row(standing="home", kind="organisation")
    assert told(entity_type, [one] * fewest) == ""
    if fewest > 1:
        assert article in told(entity_type, [one] * (fewest - 1))
    if most:
        assert told(entity_type, [one] * most) == ""
        assert article in told(entity_type, [one] * (most + 1))


def test_a_limited_partnership_has_two_to_fifty_partners_and_one_general() -> None:
    general, limited = row(standing="general"), row(standing="limited")
    assert told("4533", [general, limited]) == ""
    assert told("4533", [general] + [limited] * 49) == ""
    assert "第六十一条第一款" in told("4533", [general] + [limited] * 50)
    assert "至少应当有一个普通合伙人" in told("4533", [limited, limited])
    assert "请改选普通合伙企业" in told("4533", [general, general])
    assert "不得以劳务出资" in told("4533", [general, limited | {"form": "劳务"}])
    assert "不执行合伙事务" in told("4533", [general, limited | {"managing": True}])


def test_half_of_the_promoters_live_in_the_country() -> None:
    home, abroad = row(standing="home"), row(standing="abroad")
    assert told("1220", [home, abroad]) == ""
    assert "半数以上" in told("1220", [home, abroad, abroad])


@pytest.mark.parametrize(
    ("farmers", "citizens", "units", "words"),
    [
        (5, 0, 0, ""),
        (4, 0, 0, "至少 5 名"),
        (4, 1, 0, ""),
        (4, 0, 1, ""),
        (7, 2, 0, "百分之八十"),
        (19, 0, 1, ""),
        (18, 0, 2, "至多 1 个"),
        (20, 0, 1, ""),
        (19, 0, 2, "至多 1 个"),
        (38, 0, 2, ""),
        (37, 0, 3, "至多 2 个"),
    ],
)
def test_members_of_a_cooperative(farmers: int, citizens: int, units: int, words: str) -> None:
    rows = [row(standing="farmer")] * farmers + [row(standing="citizen")] * citizens
    found = told("9100", rows + [row(standing="unit", kind="organisation")] * units)
    assert words in found
    assert bool(found) == bool(words)


@pytest.mark.parametrize(("entity_type", "count"), [("1151", 2), ("1110", 2), ("4540", 2), ("5150", 2)])
def test_a_type_of_one_holder_has_one(entity_type: str, count: int) -> None:
    assert "只有一名" in told(entity_type, [row(country="新加坡")] * count)
    assert told(entity_type, [row(country="新加坡")]) == ""


def test_a_foreign_invested_company_has_an_investor_from_outside() -> None:
    assert "境外投资者" in told("5100", [row(country="中国")])
    assert told("5100", [row(country="中国"), row(country="新加坡")]) == ""


@pytest.mark.parametrize(
    ("entity_type", "name", "article"),
    [
        ("1130", "广西鑫源数字科技有限公司", ""),
        ("1130", "广西鑫源数字科技股份有限公司", "公司法第七条"),
        ("1220", "广西鑫源数字科技有限公司", "公司法第七条"),
        ("4531", "南宁鑫源中心（普通合伙）", ""),
        ("4531", "南宁鑫源中心（特殊普通合伙）", "合伙企业法第十五条"),
        ("4532", "南宁鑫源事务所（普通合伙）", "合伙企业法第五十六条"),
        ("4533", "南宁鑫源中心", "合伙企业法第六十二条"),
        ("4540", "南宁鑫源设计有限公司", "个人独资企业法第十一条"),
        ("9100", "南宁市鑫源种植合作社", "名称登记管理规定第十条"),
        ("9110", "南宁市鑫源种植专业合作社联合社", ""),
        ("3200", "南宁市鑫源修理有限公司", "公司法第七条"),
    ],
)
def test_a_name_shows_the_form_of_its_type(entity_type: str, name: str, article: str) -> None:
    found = nameforms.problem(name, entity_type, parent={})
    assert article in found
    assert bool(found) == bool(article)


@pytest.mark.parametrize(
    ("entity_type", "owner", "organ", "words"),
    [
        ("1130", "", build.QINGXIU, ""),
        ("1130", "", apply.NANNING, "请改选住所所在县"),
        ("1220", "", apply.NANNING, ""),
        ("1220", "", build.QINGXIU, "请改选“南宁市市场监督管理局”"),
        ("1110", "provincial", 450_000_000, ""),
        ("1110", "provincial", apply.NANNING, "请改选“广西壮族自治区市场监督管理局”"),
        ("5100", "", build.QINGXIU, "第四条第三款"),
        ("9100", "", build.QINGXIU, ""),
    ],
)
def test_which_authority_registers(entity_type: str, owner: str, organ: int, words: str) -> None:
    found = jurisdiction.problem(entity_type, organ, owner=owner, on=TODAY)
    assert words in found
    assert bool(found) == bool(words)


def test_every_type_has_an_authority() -> None:
    for kind in kinds.KINDS.values():
        for entity_type in kind.types:
            assert jurisdiction.rule(entity_type, on=TODAY)


def test_a_joint_stock_filing_at_a_county_is_refused_on_its_page(founder: Client) -> None:
    draft = apply.started(founder, "stock_establishment")
    typed = apply.APPLICATIONS["stock_establishment"]
    assert founder.post(f"{draft}name/", typed["name"]).status_code == 302
    answer = founder.post(f"{draft}domicile/", apply.COUNTY | {"place": build.QINGXIU})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "实施细则第四条第一款" in page
    assert "请改选“南宁市市场监督管理局”" in page


def test_what_one_page_says_is_held_against_another_when_it_is_sent(founder: Client) -> None:
    """The type is changed after the authority was chosen: the application is stopped before it becomes a case."""
    draft = apply.started(founder, "company_establishment")
    apply.fill(founder, draft, "company_establishment")
    changed = {"name": "广西鑫源数字科技有限公司", "type": "1130", "provincial": "on"}
    assert founder.post(f"{draft}name/", changed).status_code == 302
    answer = founder.post(f"{draft}check/")
    assert answer.status_code == 409
    assert "请改选“广西壮族自治区市场监督管理局”" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "group", "words"),
    [
        ("广西鑫源数字科技有限公司", "", ""),
        ("广西鑫源数字科技有限公司", "广西鑫源数字科技集团", ""),
        ("广西鑫源数字科技有限公司", "广西鑫源集团", "即“广西鑫源数字科技集团”"),
        ("广西鑫源数字科技集团有限公司", "", "请填写集团名称"),
    ],
)
def test_a_group_is_named_after_its_controlling_company(
    founder: Client, name: str, group: str, words: str
) -> None:
    draft = apply.started(founder, "company_establishment")
    typed = {"name": name, "type": "1130", "group": group, "undertaking": "on"}
    answer = founder.post(f"{draft}name/", typed)
    assert (answer.status_code == 302) == (not words), build.shown_errors(answer)
    assert words in answer.content.decode()


BOARD: Mapping[str, list[str]] = {
    "legal_representative": ["黄"], "executive_director": ["黄"], "supervisor": ["韦"], "liaison": ["黄"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "form", "entity_type", "words"),
    [
        ({}, "limited", "", ""),
        ({"supervisor": []}, "limited", "", ""),
        ({"supervisor": []}, "stock", "", "第一百三十三条"),
        ({"supervisor": ["韦", "陆"]}, "limited", "", "监事会成员为三人以上"),
        ({"supervisor": ["韦", "陆", "蒙"]}, "limited", "", ""),
        ({"director": ["黄", "韦", "陆"], "executive_director": [], "supervisor": []}, "stock", "", ""),
        ({"director": ["黄", "陆"], "executive_director": []}, "stock", "", "第一百二十条"),
        ({}, "limited", "1110", "第一百七十三条"),
        ({"liaison": []}, "limited", "", "登记联络员"),
        ({"legal_representative": ["蒙"]}, "limited", "", "公司法第十条"),
    ],
)
def test_people_of_a_company(changed: dict[str, list[str]], form: str, entity_type: str, words: str) -> None:
    found = " ".join(board.problems({**BOARD, **changed}, board=form, entity_type=entity_type))
    assert words in found
    assert bool(found) == bool(words)


def test_a_delegate_is_named_for_each_firm_that_manages(founder: Client) -> None:
    draft = apply.started(founder, "partnership_establishment")
    typed = apply.APPLICATIONS["partnership_establishment"]
    for topic in ("name", "domicile", "shareholders"):
        assert founder.post(f"{draft}{topic}/", typed[topic]).status_code == 302
    answer = founder.post(f"{draft}members/", apply.LIAISON)
    assert "应填 1 名" in answer.content.decode()


def test_who_leads_a_cooperative_does_not_supervise_it(founder: Client) -> None:
    draft = apply.started(founder, "cooperative_establishment")
    typed = apply.APPLICATIONS["cooperative_establishment"]
    for topic in ("name", "domicile", "shareholders"):
        assert founder.post(f"{draft}{topic}/", typed[topic]).status_code == 302
    both = apply.rows(
        "member", {"role": "legal_representative", **apply.FARMERS[0]}, {"role": "supervisor", **apply.FARMERS[0]},
        {"role": "liaison", **apply.HUANG},
    )  # fmt: skip
    assert "不得兼任监事" in founder.post(f"{draft}members/", both).content.decode()
