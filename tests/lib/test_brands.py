from __future__ import annotations

import pytest

from hongdun.lib.complaints import brands


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("买了一台美的牌空调，三天就坏了", ("美的",)),
        ("购买“甜之源”牌蜂蜜两瓶和一箱金太阳牌方便面", ("甜之源", "金太阳")),
        ("他家的招牌掉下来，车牌和门牌都被砸", ()),
        ("店里卖的杂牌电池", ()),
        ("买ｘｉａｏｍｉ牌手机", ("XIAOMI",)),
    ],
)
def test_what_a_text_calls_a_brand(text: str, found: tuple[str, ...]) -> None:
    assert brands.called(text) == found


@pytest.mark.parametrize(
    ("typed", "brand"),
    [
        ("美的", "美的"),
        ("「美的」牌", "美的"),
        ("\uff2e\uff49\uff4b\uff45®", "NIKE"),
        ("nike 品牌", "NIKE"),
        ("牌", ""),
        ("好", ""),
        ("", ""),
    ],
)
def test_one_spelling_for_one_brand(typed: str, brand: str) -> None:
    assert brands.normalised(typed) == brand


def test_shops_share_the_trade_name_of_their_business() -> None:
    assert brands.of_business("广西全季酒店管理有限公司") == brands.of_business("南宁市全季酒店有限公司")
    assert len(brands.of_business("广西" + "长" * 60 + "贸易有限公司")) <= brands.LONGEST
