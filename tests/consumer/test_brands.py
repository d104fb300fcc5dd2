"""Complaints say what brand they are about: as it was typed, as the text names it, else the trade name of the business."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from hongdun.base.ids import uuid7
from hongdun.consumer.models import Brand
from tests.consumer import builders as build
from tests.org.builders import enter

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
SHOP = replace(build.SHOP, entity=uuid7())


def brand_of(text: str = "饭菜里有虫。", *, brand: str = "", known: bool = True) -> str:
    (case,) = build.filed(build.operator(), text=text, brand=brand, merchant=SHOP if known else build.SHOP)
    return build.reload(case).matter.brand


def test_a_typed_brand_is_kept_in_one_spelling_and_known_from_then_on() -> None:
    assert brand_of(brand="「甜之源」牌") == "甜之源"
    assert list(Brand.objects.values_list("name", flat=True)) == ["甜之源"]
    assert brand_of("在他店里买的甜之源蜂蜜发酸。") == "甜之源"


def test_the_business_gives_its_trade_name_where_the_text_names_no_brand() -> None:
    assert brand_of() == "邕江红豆"
    assert brand_of(known=False) == ""
    assert not Brand.objects.exists()


def test_of_several_brands_none_is_taken() -> None:
    assert brand_of("买了一台美的牌空调和一台格力牌冰箱。") == ""
    assert brand_of("买了一台美的牌空调。") == "美的"


def test_the_operator_is_offered_what_the_text_and_the_business_say(client: Client) -> None:
    Brand.objects.create(name="甜之源")
    enter(client, build.operator())
    page = client.post(
        "/desk/12315/suggest/", {"text": "甜之源蜂蜜和金太阳牌面条都过期了", "business": build.SHOP.name}
    ).content.decode()
    offered = [part.split('"')[0] for part in page.split('data-value="')[1:] if 'data-take="brand"' in page]
    assert [each for each in offered if each in {"甜之源", "金太阳", "邕江红豆"}] == [
        "甜之源",
        "金太阳",
        "邕江红豆",
    ]
