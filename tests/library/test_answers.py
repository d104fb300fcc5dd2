"""Answers rest on articles that say so, and are found by what people ask."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from hongdun.lib import articles
from hongdun.library import actions, queries
from hongdun.library.models import Answer

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

ARTICLE = re.compile(r"^(?:\*\*)?(第[零一二三四五六七八九十百千]+条)", re.MULTILINE)
# Cited for what they say today; the collection ends before them.
NOT_AT_HAND = {"市场监督管理行政处罚程序规定", "市场监督管理投诉举报处理办法"}
ASKED = [
    ("买到过期食品怎么赔", "food_ten"),
    ("网上买的衣服不想要了能退吗", "seven_days"),
    ("健身房关门了卡里的钱怎么办", "prepaid"),
    ("缺斤少两", "scales"),
    ("菜市场的秤不准", "scales"),
    ("电梯老是坏", "elevator"),
    ("外卖吃出头发", "food_foreign"),
    ("商家不开发票", "invoice"),
    ("会员卡退款", "prepaid"),
    ("新车发动机坏了要求退车", "car_early"),
    ("匿名举报会不会泄露", "report_anonymous"),
    ("投诉多久有结果", "complain_time"),
    ("拖欠工资", "other_labour"),
    ("最终解释权归本店所有", "gym_terms"),
    ("面膜烂脸", "cosmetics"),
    ("没有明码标价", "price_tag"),
    ("营业执照丢了", "licence_lost"),
    ("保健品讲座骗老人", "health_lecture"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("wanted", "code"), ASKED)
def test_what_people_ask_finds_the_answer(wanted: str, code: str) -> None:
    assert code in [each.answer.code for each in queries.find(wanted, most=2)]


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["", "怎么办", "？", "a", "魑魅魍魉"])
def test_nothing_is_found_for_nothing(wanted: str) -> None:
    assert queries.find(wanted) == []


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    before = list(Answer.objects.values())
    assert len({each["question"] for each in before}) == len(before) > 50
    assert all(each.citations for each in Answer.objects.all())


@pytest.mark.django_db
def test_page_answers_with_the_article(client: Client) -> None:
    page = client.get("/help/", {"q": "过期食品"}).content.decode()
    assert "《食品安全法》第一百四十八条" in page
    listed = client.get("/help/").content.decode()
    assert "健身房" in listed
    assert "没有找到" in client.get("/help/", {"q": "魑魅魍魉"}).content.decode()
    assert "<html" not in client.get("/help/found/", {"q": "过期食品"}).content.decode()


@pytest.mark.shared
def test_articles_say_so(shared: Path) -> None:
    for row in actions.rows():
        cited = [each.rsplit(" ", 1) for each in row["basis"].split(";")]
        texts = [_text(shared, law, article) for law, article in cited if law not in NOT_AT_HAND]
        assert all(texts), row["code"]
        assert not texts or any(row["proof"] in text for text in texts), (row["code"], row["proof"])


def _text(shared: Path, law: str, article: str) -> str:
    """The article in the newest text of the law."""
    file = max((shared / "laws" / "text").glob(f"{law}_*.md"))
    parts = ARTICLE.split(file.read_text("utf-8"))
    found = dict(zip(parts[1::2], parts[2::2], strict=True))
    return found.get(articles.reference(article), "")
