"""Names taken apart, and whether two are the same or near: vectors of the rule texts and of practice."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import grams, names
from hongdun.lib.names import content, keys

if TYPE_CHECKING:
    from pathlib import Path

CITY = 4501
TODAY = date(2026, 11, 24)

# name → place, trade name, industry, form
PARTS = [
    ("广西红盾信息科技有限公司", "广西", "红盾", "信息科技", "有限公司"),
    ("广西南宁市御手团商贸有限公司", "广西南宁市", "御手团", "商贸", "有限公司"),
    ("南宁市青秀区红盾商贸有限公司", "南宁市青秀区", "红盾", "商贸", "有限公司"),
    ("南宁青秀商贸有限公司", "南宁", "青秀", "商贸", "有限公司"),
    ("红光（北京）酒业发展有限公司", "北京", "红光", "酒业发展", "有限公司"),
    ("红豆（广西）科技有限公司", "广西", "红豆", "科技", "有限公司"),
    ("北京红光酒厂", "北京", "红光", "酒", "厂"),
    ("北京宏荃聚德实业有限公司", "北京", "宏荃聚德", "实业", "有限公司"),
    ("桂林市全州县大西江镇红豆种养专业合作社", "桂林市全州县大西江镇", "红豆", "种养", "专业合作社"),
    ("资源县红提种植专业合作社", "资源县", "红提", "种植", "专业合作社"),
    ("广西资源科技有限公司", "广西", "资源", "科技", "有限公司"),
    ("三江县国荣养殖场（微型企业）", "三江县", "国荣", "", "养殖场（微型企业）"),
    ("南宁高新区红盾科技有限公司", "南宁高新区", "红盾", "科技", "有限公司"),
    ("柳州恒信投资中心（有限合伙）", "柳州", "恒信", "投资", "中心（有限合伙）"),
    ("南宁红豆会计师事务所（特殊普通合伙）", "南宁", "红豆", "会计师", "事务所（特殊普通合伙）"),
    ("北海市铁山港区昌盛养殖场", "北海市铁山港区", "昌盛", "", "养殖场"),
    ("广⻄红盾科技有限公司", "广西", "红盾", "科技", "有限公司"),
    ("广西\u200b红盾 科技有限公司", "广西", "红盾", "科技", "有限公司"),
    ("红豆(广西)科技有限公司", "广西", "红豆", "科技", "有限公司"),
    ("广西红盾商贸集团有限公司", "广西", "红盾", "商贸", "集团有限公司"),
    ("南宁市百农科技农资连锁经营有限公司", "南宁市", "百农", "科技农资连锁经营", "有限公司"),
    ("梧州禾润广告有限责任公司", "梧州", "禾润", "广告", "有限责任公司"),
    ("罗城仫佬族自治县红豆餐饮店", "罗城仫佬族自治县", "红豆", "餐饮", "店"),
]  # fmt: skip

# The same under both orders. The first 14 are those of the research; None: neither the same nor near.
PAIRS = [
    ("北京红光酒业发展有限公司", "红光（北京）酒业发展有限公司", "same_trade"),
    ("北京红光酒业有限公司", "红光酒业有限公司", "same_trade"),
    ("北京红光酒业有限公司", "北京红光酒厂", "same_trade"),
    ("万青地产有限公司", "万青房地产有限公司", "synonym"),
    ("万青地产有限公司", "万青置业有限公司", "synonym"),
    ("北京牛栏山酒业有限公司", "北京牛兰山酒业有限公司", "homophone"),
    ("北京牛栏山酒业有限公司", "北京牛蓝山白酒有限公司", "homophone"),
    ("北京阿里巴巴网络科技有限公司", "北京阿里巴巴巴巴网络科技有限公司", "contains"),
    ("北京全聚德有限公司", "北京荃巨得有限公司", "homophone"),
    ("北京全聚德有限公司", "北京宏荃聚德实业有限公司", "part_homophone"),
    ("北京牛兰山有限公司", "北京金牛栏山有限公司", "part_homophone"),
    ("广西红盾商贸有限公司", "广西红盾餐饮管理有限公司", None),
    ("南宁市青秀区红盾商贸有限公司", "南宁红盾商贸有限公司", "same_trade"),
    ("桂林创想科技有限公司", "桂林畅想科技有限公司", None),
    # 比对规则 art. 3: the same
    ("南宁红豆商贸有限公司", "南宁红豆商贸有限公司", "same_name"),
    ("南宁红豆商贸有限公司", "南宁市红豆商贸有限公司", "same_trade"),
    ("南宁红豆商贸有限公司", "红豆（南宁）商贸有限公司", "same_trade"),
    ("南宁红豆商贸有限公司", "南宁红豆商贸有限责任公司", "same_trade"),
    ("南宁红豆商贸有限公司", "南宁红豆商贸股份有限公司", "same_trade"),
    ("南宁红豆商贸有限公司", "南宁红豆商贸集团有限公司", "same_trade"),
    ("广西红豆酒业有限公司", "广西红豆酒业发展有限公司", "same_trade"),
    ("南宁红豆食品有限公司", "南宁红豆食品厂", "same_trade"),
    # art. 17: no industry on one side
    ("南宁红豆有限公司", "南宁红豆商贸有限公司", "same_trade"),
    ("南宁红豆有限公司", "南宁红豆有限责任公司", "same_trade"),
    ("南宁红豆实业有限公司", "南宁红豆商贸有限公司", "same_trade"),
    ("南宁红豆发展有限公司", "南宁红豆餐饮有限公司", "same_trade"),
    ("南宁红豆集团有限公司", "南宁红豆物流有限公司", "same_trade"),
    # another industry
    ("南宁红豆商贸有限公司", "南宁红豆物流有限公司", None),
    ("南宁红豆食品有限公司", "南宁红豆建筑工程有限公司", None),
    ("南宁红豆网络科技有限公司", "南宁红豆餐饮管理有限公司", None),
    # art. 4 (1): words of one industry
    ("南宁红豆房地产开发有限公司", "南宁红豆置业有限公司", "synonym"),
    ("南宁红豆商贸有限公司", "南宁红豆贸易有限公司", "synonym"),
    ("南宁红豆运输有限公司", "南宁红豆物流有限公司", "synonym"),
    ("南宁红豆酒店", "南宁红豆宾馆", "same_trade"),
    ("南宁红豆餐饮有限公司", "南宁红豆饮食有限公司", "synonym"),
    ("南宁红豆软件有限公司", "南宁红豆信息技术有限公司", "synonym"),
    ("南宁红豆装饰工程有限公司", "南宁红豆装修工程有限公司", "synonym"),
    ("南宁红豆广告有限公司", "南宁红豆传媒有限公司", "synonym"),
    # art. 4 (2): the same sound, in whatever reading
    ("南宁宏图科技有限公司", "南宁弘图科技有限公司", "homophone"),
    ("南宁鑫源科技有限公司", "南宁欣源科技有限公司", "homophone"),
    ("南宁宏发商贸有限公司", "南宁鸿发商贸有限公司", "homophone"),
    ("南宁长乐商贸有限公司", "南宁常乐商贸有限公司", "homophone"),
    ("南宁长乐商贸有限公司", "南宁掌乐商贸有限公司", "homophone"),
    ("南宁重山科技有限公司", "南宁虫山科技有限公司", "homophone"),
    ("南宁重山科技有限公司", "南宁众山科技有限公司", "homophone"),
    ("南宁宏图有限公司", "南宁弘图商贸有限公司", "homophone"),
    ("南宁宏图科技有限公司", "南宁弘图餐饮有限公司", None),
    # the same look
    ("南宁己任商贸有限公司", "南宁已任商贸有限公司", "shape"),
    ("南宁未来科技有限公司", "南宁末来科技有限公司", "shape"),
    ("南宁治德商贸有限公司", "南宁冶德商贸有限公司", "shape"),
    ("南宁鸟巢商贸有限公司", "南宁乌巢商贸有限公司", "shape"),
    ("南宁未来科技有限公司", "南宁末来餐饮有限公司", None),
    # another order of the characters
    ("南宁豆红商贸有限公司", "南宁红豆商贸有限公司", "order"),
    ("南宁金红豆商贸有限公司", "南宁红豆金商贸有限公司", "order"),
    ("南宁豆红商贸有限公司", "南宁红豆物流有限公司", None),
    # art. 4 (3): contained
    ("北京阿里巴巴网络科技有限公司", "北京阿里巴巴在线信息科技有限公司", "contains"),
    ("南宁红豆商贸有限公司", "南宁大红豆商贸有限公司", "contains"),
    ("南宁红豆商贸有限公司", "南宁红豆树商贸有限公司", "contains"),
    ("南宁红豆商贸有限公司", "南宁大红豆物流有限公司", None),
    ("南宁红豆有限公司", "南宁大红豆物流有限公司", "contains"),
    # art. 4 (4): a part sounds alike
    ("北京阿里巴巴科技有限公司", "北京马云阿理巴巴科技有限公司", "part_homophone"),
    ("北京阿里巴巴科技有限公司", "北京阿理巴巴金控技术有限公司", "part_homophone"),
    ("南宁牛栏山酒业有限公司", "南宁金牛兰山酒业有限公司", "part_homophone"),
    ("南宁红豆商贸有限公司", "南宁金虹斗商贸有限公司", None),
    # one character
    ("南宁红豆树商贸有限公司", "南宁红豆花商贸有限公司", "one_character"),
    ("南宁红豆树商贸有限公司", "南宁绿豆树商贸有限公司", "one_character"),
    ("南宁金红豆树商贸有限公司", "南宁金红树商贸有限公司", "one_character"),
    ("南宁红豆商贸有限公司", "南宁绿豆商贸有限公司", None),
    ("南宁红豆树商贸有限公司", "南宁红豆花物流有限公司", None),
    # others
    ("南宁红豆商贸有限公司", "南宁邕江商贸有限公司", None),
    ("南宁红豆商贸有限公司", "南宁红豆商贸有限公司武鸣分公司", None),
    ("广西红豆科技有限公司武鸣分公司", "广西红豆科技有限公司横州分公司", None),
    ("广西红豆科技有限公司武鸣分公司", "广西红豆科技有限公司武鸣分公司", "same_name"),
    ("柳州红豆商贸有限公司", "柳州红豆汽车销售有限公司", None),
    ("南宁红豆生物科技有限公司", "南宁红豆环保科技有限公司", None),
    ("南宁红豆生物科技有限公司", "南宁红豆生物科技发展有限公司", "same_trade"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "place", "trade", "industry", "form"), PARTS)
def test_a_name_falls_into_its_parts(name: str, place: str, trade: str, industry: str, form: str) -> None:
    parts = names.parse(name)
    assert (parts.place, parts.trade, parts.industry, parts.form) == (place, trade, industry, form)


@pytest.mark.parametrize(
    ("name", "parent", "own"),
    [
        ("广西富迪嘉房地产开发有限公司博白分公司", "广西富迪嘉房地产开发有限公司", "博白分公司"),
        ("红豆（广西）科技有限公司", "", ""),
        ("柳州恒信投资中心（有限合伙）", "", ""),
    ],
)
def test_a_branch_bears_its_parents_name(name: str, parent: str, own: str) -> None:
    parts = names.parse(name)
    assert (parts.parent, parts.branch) == (parent, own)


def test_a_minoritys_writing_stands_apart() -> None:
    parts = names.parse("གངས་ལྗོངས 广西红盾科技有限公司")
    assert (parts.place, parts.trade, parts.script) == ("广西", "红盾", "གངས་ལྗོངས")
    assert not [flaw for flaw in content.flaws(parts, on=TODAY) if flaw.rule == "hanzi"]


def test_moving_the_split_keeps_the_name() -> None:
    parts = names.parse("南宁红豆生物科技有限公司")
    moved = names.moved(parts, trade="红豆生物", industry="科技")
    assert moved
    assert (moved.trade, moved.group) == ("红豆生物", "M75")
    assert names.moved(parts, trade="红豆", industry="生物") is None


@pytest.mark.parametrize(("one", "other", "rule"), PAIRS)
def test_two_names_are_the_same_or_near_by_a_rule(one: str, other: str, rule: str | None) -> None:
    for mine, theirs in ((one, other), (other, one)):
        a, b = names.parse(mine), names.parse(theirs)
        found = names.compare(a, b)
        assert (found and found.code) == rule
        if found and found.code != "same_name":
            assert set(names.wanted(a)) & set(names.stored(b))


def test_there_are_enough_vectors() -> None:
    assert len(PAIRS) >= 74


HANZI = st.sampled_from("红豆绿鑫源欣泉大金牛栏兰山阿里理巴长常乐重己已未末")
TRADES = st.text(HANZI, min_size=2, max_size=6)
BUSINESSES = st.sampled_from(["商贸", "贸易", "科技", "酒业", "酒", "实业", "", "餐饮管理", "物流"])


@given(TRADES, TRADES, BUSINESSES, BUSINESSES)
def test_whatever_is_near_shares_a_key(one: str, other: str, business: str, its: str) -> None:
    a, b = names.parse(f"南宁{one}{business}有限公司"), names.parse(f"南宁{other}{its}有限公司")
    if names.compare(a, b) and a.name != b.name:
        assert set(names.wanted(a)) & set(names.stored(b))
    assert (names.compare(a, b) is None) == (names.compare(b, a) is None)


@given(TRADES, BUSINESSES)
def test_parts_put_together_are_the_name(trade: str, business: str) -> None:
    name = f"南宁市{trade}{business}有限公司"
    parts = names.parse(name)
    assert parts.plain == name
    assert len(parts.trade) >= 2


@given(st.text(max_size=40))
def test_no_text_is_too_strange(text: str) -> None:
    parts = names.parse(text)
    content.flaws(parts, on=TODAY, city=CITY)
    keys.stored(parts)
    grams.spelled(text, parts.trade)


@pytest.mark.shared
def test_real_names_fall_apart_sensibly(shared: Path) -> None:
    """Of the real companies nearly all have place, trade name and form; the rest is old or odd."""
    with (shared / "enterprises" / "guangxi_enterprises.csv.zst").open("rb") as raw:
        text = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(raw), encoding="utf-8")
        companies = [row["name"] for row in csv.DictReader(text) if row["name"].endswith("有限公司")]
    parts = [names.parse(name) for name in companies]
    assert len(parts) > 30_000
    good = [
        each for each in parts if each.place and 2 <= len(each.trade) <= 4 and each.industry and each.form
    ]
    assert len(good) / len(parts) > 0.85
