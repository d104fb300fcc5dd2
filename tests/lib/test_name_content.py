"""What a name may not be or hold, and where it is compared (企业名称登记管理规定 art. 5–17)."""

from __future__ import annotations

from datetime import date

import pytest

from hongdun.lib import names
from hongdun.lib.names import content

CITY = 4501
TODAY = date(2026, 11, 24)

# name, rule that speaks against it, whether it blocks
FLAWED = [
    ("红豆商贸有限公司", "no_place", True),
    ("青秀区红豆商贸有限公司", "district", True),
    ("高新区红豆商贸有限公司", "zone", True),
    ("北京红豆商贸有限公司", "elsewhere_place", True),
    ("柳州红豆商贸有限公司", "other_city", True),
    ("南宁红有限公司", "short_trade", True),
    ("南宁柳州市商贸有限公司", "trade_is_place", True),
    ("南宁北京商贸有限公司", "trade_is_place", True),
    ("南宁房地产有限公司", "trade_is_industry", True),
    ("南宁红豆", "no_form", True),
    ("南宁ABC商贸有限公司", "hanzi", True),
    ("南宁红豆8商贸有限公司", "hanzi", True),
    ("中国红豆商贸有限公司", "state", True),
    ("中华红豆商贸有限公司", "state", True),
    ("国家红豆商贸有限公司", "state", True),
    ("南宁中国红商贸有限公司", "state", False),
    ("南宁共产党员商贸有限公司", "party", True),
    ("南宁八一商贸有限公司", "party", False),
    ("南宁监察委员会大厦物业有限公司", "party", True),
    ("南宁消费者协会商贸有限公司", "party", True),
    ("南宁国徽商贸有限公司", "dignity", False),
    ("南宁传销咨询有限公司", "other", True),
    ("南宁世界知识产权组织咨询有限公司", "foreign", True),
    ("南宁联合国商贸有限公司", "foreign", True),
    ("南宁美国城商贸有限公司", "foreign", True),
    ("南宁六合彩商贸有限公司", "obscene", True),
    ("南宁雷锋商贸有限公司", "leaders", True),
    ("南宁秦桧商贸有限公司", "villains", True),
    ("南宁支那商贸有限公司", "dignity", True),
    ("南宁国家级商贸有限公司", "deceptive", True),
    ("南宁最佳商贸有限公司", "deceptive", True),
    ("南宁一带一路商贸有限公司", "strategy", False),
    ("南宁红豆商贸集团有限公司", "group", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rule", "blocks"), FLAWED)
def test_what_the_law_forbids_in_a_name(name: str, rule: str, blocks: bool) -> None:  # noqa: FBT001
    found = {flaw.rule: flaw for flaw in content.flaws(names.parse(name), on=TODAY, city=CITY)}
    assert rule in found, found
    assert found[rule].blocks is blocks
    assert found[rule].article.startswith("企业名称登记管理规定第")


@pytest.mark.parametrize(
    "name",
    [
        "广西红盾信息科技有限公司",
        "南宁市青秀区红豆商贸有限公司",
        "红豆（广西）酒业有限公司",
        "南宁未来餐饮有限公司",
        "南宁人民法治文化传媒有限公司",
        "南宁国旺商贸有限公司",
    ],
)
def test_an_ordinary_name_has_no_flaw(name: str) -> None:
    assert content.flaws(names.parse(name), on=TODAY, city=CITY) == []


def test_a_word_is_forbidden_only_while_its_rule_is_in_force() -> None:
    parts = names.parse("南宁红豆国际贸易有限公司")
    assert [f.rule for f in content.flaws(parts, on=date(2021, 2, 28), city=CITY)] == ["state"]
    assert content.flaws(parts, on=date(2021, 3, 1), city=CITY) == []


def test_forms_of_other_kinds() -> None:
    individual = content.flaws(names.parse("南宁红豆商贸有限公司"), on=TODAY, city=CITY, kind="individual")
    assert [flaw.rule for flaw in individual] == ["form"]
    cooperative = content.flaws(names.parse("横州市红豆种植农场"), on=TODAY, city=CITY, kind="cooperative")
    assert [flaw.rule for flaw in cooperative] == ["form"]


def test_a_regions_name_is_compared_region_wide_and_a_citys_within_the_city() -> None:
    for name, organ, wide in (
        ("广西红豆商贸有限公司", 450_103_000, True),
        ("南宁红豆商贸有限公司", 450_103_000, False),
        ("横州市红豆商贸有限公司", 450_181_000, False),
        ("南宁红豆商贸有限公司", 450_000_000, True),
    ):
        assert content.comparing(names.parse(name), on=TODAY, organ=organ).region is wide
