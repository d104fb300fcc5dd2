"""Phrases of scopes, and permits that items need."""

from __future__ import annotations

import csv
import re
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from hongdun.lib.articles import reference
from hongdun.registration import scopes
from hongdun.registration.individual.terms import composed
from tests.law.test_tables import passage
from tests.registration import applications as apply
from tests.registration import builders as build

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

TODAY = date(2026, 11, 24)


def permits() -> list[dict[str, str]]:
    text = (files("hongdun.registration") / "tables" / "permits.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@pytest.mark.parametrize(
    ("item", "permit"),
    [
        ("食品销售", "食品经营许可证"),
        ("餐饮服务", "食品经营许可证"),
        ("食品销售（仅销售预包装食品）", None),
        ("食用农产品零售", None),
        ("药品零售", "药品经营许可证"),
        ("兽药销售", None),
        ("烟草制品零售", "烟草专卖零售许可证"),
        ("第三类医疗器械经营", "医疗器械经营许可证"),
        ("软件开发", None),
    ],
)
def test_which_items_need_a_permit(item: str, permit: str | None) -> None:
    found = [each.name for each in scopes.permits(item, on=TODAY)]
    assert found == ([permit] if permit else [])


def test_an_item_may_need_two_permits() -> None:
    assert [each.name for each in scopes.permits("住宿服务", on=TODAY)] == [
        "特种行业许可证",
        "公共场所卫生许可证",
    ]
    assert scopes.permits("医疗美容服务", on=TODAY) == ()


def test_what_shop_keepers_tick_stands_in_the_catalogue_and_says_its_permits() -> None:
    offered = scopes.of_shops(on=TODAY)
    assert offered[0].text == "食品销售（仅销售预包装食品）"
    assert all(scopes.is_usual(each.text) for each in offered)
    hints = {each.text: each.hint for each in offered}
    assert hints["理发服务"] == "须办公共场所卫生许可证（卫生健康主管部门）"
    assert hints["洗车服务"] == ""


def test_what_a_shop_keeper_types_stands_under_the_head_that_it_needs() -> None:
    said = composed(["餐饮服务", "洗车服务"], "理发服务；竹编制品销售")
    assert said.startswith("许可项目：餐饮服务；理发服务（依法须经批准")
    assert said.endswith("。一般项目：洗车服务；竹编制品销售。")
    assert composed([], "") == ""


def test_a_permit_counts_from_the_day_of_its_article() -> None:
    assert scopes.permits("化妆品生产", on=date(2020, 12, 31)) == ()
    assert scopes.permits("化妆品生产", on=date(2021, 1, 1))


def test_licensed_items_are_set_apart_once() -> None:
    text = scopes.arranged("软件开发；餐饮服务；会议服务", on=TODAY)
    assert text.startswith("许可项目：餐饮服务（依法须经批准的项目")
    assert text.endswith("一般项目：软件开发；会议服务。")
    assert scopes.arranged(text, on=TODAY) == text
    assert scopes.arranged("软件开发；会议服务", on=TODAY) == "软件开发；会议服务"


def test_phrases_hold_every_word_and_begin_with_the_first() -> None:
    found = [each.text for each in scopes.find("软件 开发", on=TODAY)]
    assert found[0].startswith("软件")
    assert all("软件" in text and "开发" in text for text in found)
    assert len(scopes.find("服务", on=TODAY)) == scopes.SHOWN
    assert scopes.find("  ", on=TODAY) == []


@pytest.mark.shared
def test_verified_permits_stand_in_their_article(shared: Path) -> None:
    for row in permits():
        texts = sorted((shared / "laws" / "text").glob(f"{row['citation']}_*.md"))
        assert bool(texts) == (row["verified"] == "1"), row
        if texts:
            said = passage(texts[-1], row["article"])
            letters = re.findall(r"[\u4e00-\u9fff]", row["permit"].removesuffix("证"))
            assert sum(letter in said for letter in letters) >= 0.6 * len(letters), (row, said)
        assert reference(row["article"]).startswith("第")


@pytest.mark.django_db
def test_the_search_is_a_page_and_a_part_of_one(client: Client) -> None:
    page = client.get("/scope/", {"q": "餐饮"}).content.decode()
    part = client.get("/scope/", {"q": "餐饮", "part": "1"}).content.decode()
    assert "餐饮服务" in page
    assert "data-phrase" not in page
    assert 'data-phrase="餐饮服务"' in part
    assert "食品经营许可证（市场监督管理部门，食品安全法第三十五条第一款）" in part
    assert "<html" not in part
    assert "没有含有“zzz”" in client.get("/scope/", {"q": "zzz"}).content.decode()


@pytest.mark.django_db
def test_an_approval_that_comes_first_is_demanded(founder: Client) -> None:
    draft = apply.started(founder, "company_establishment")
    typed = apply.APPLICATIONS["company_establishment"]
    for topic in ("name", "domicile", "station", "shareholders", "members"):
        assert founder.post(f"{draft}{topic}/", typed[topic]).status_code == 302
    assert founder.post(f"{draft}scope/", {"scope": "保安服务；会议服务", "term": "long"}).status_code == 302
    shown = founder.get(f"{draft}scope/").content.decode()
    assert "登记前须取得保安服务许可证（公安机关" in shown
    lacking = founder.post(f"{draft}documents/", apply.papers("company_establishment"))
    assert "请上传有关批准文件或者许可证书" in lacking.content.decode()
    with_it = apply.papers("company_establishment") | {
        "approval": apply.papers("company_establishment")["charter"]
    }
    answer = founder.post(f"{draft}documents/", with_it)
    assert answer.status_code == 302, build.shown_errors(answer)
