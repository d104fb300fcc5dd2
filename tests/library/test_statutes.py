"""Texts of laws as read from files: found by their words, shown as in force on a day, asked for by citations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hongdun.library.actions import statutes as loading
from hongdun.library.queries import statutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client

    from tests import cluster

pytestmark = pytest.mark.django_db
HEAD = (
    "---\ntitle: 中华人民共和国秤砣法\nversion_date: {day}\n---\n# 中华人民共和国秤砣法\n\n## 第一章 总则\n\n"
)
OLD = HEAD.format(day="2001-01-01") + "第一条 秤砣不得短少。\n\n第二条 罚款一百元。\n"
NEW = HEAD.format(day="2020-06-01") + (
    "**第一条** 秤砣不得短少。\n\n缺斤少两的，适用第二条的规定。\n\n## 第二章 罚则\n\n第二条 罚款一千元。\n"
)
INSERT = """
INSERT INTO library_article (id, law, title, number, chapter, text, valid_from, valid_to, grams)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
BEFORE, AFTER = date(2020, 5, 31), date(2020, 6, 1)


@pytest.fixture
def laws(tmp_path: Path, owner_sql: cluster.psycopg.Connection) -> Iterator[None]:
    """Two versions of one law, as its owner loads them."""
    (tmp_path / "a.md").write_text(NEW)
    (tmp_path / "b.md").write_text(OLD)
    for row in loading.read(tmp_path):
        owner_sql.execute(
            INSERT,
            [
                row.id,
                row.law,
                row.title,
                row.number,
                row.chapter,
                row.text,
                row.valid_from,
                row.valid_to,
                row.grams,
            ],
        )
    yield
    owner_sql.execute("DELETE FROM library_article")


def test_files_become_articles_with_their_paragraphs_and_days(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(NEW)
    (tmp_path / "b.md").write_text(OLD)
    told = [
        (row.number, row.chapter, row.text, row.valid_from, row.valid_to) for row in loading.read(tmp_path)
    ]
    assert told == [
        (1, "第一章 总则", "秤砣不得短少。", date(2001, 1, 1), BEFORE),
        (2, "第一章 总则", "罚款一百元。", date(2001, 1, 1), BEFORE),
        (1, "第一章 总则", "秤砣不得短少。\n缺斤少两的，适用第二条的规定。", AFTER, None),
        (2, "第二章 罚则", "罚款一千元。", AFTER, None),
    ]


@pytest.mark.usefixtures("laws")
def test_words_find_the_article_in_force_on_the_day() -> None:
    assert [hit.article.text for hit in statutes.find("罚款 千元", on=AFTER)] == ["罚款一千元。"]
    assert statutes.find("罚款 千元", on=BEFORE) == []
    assert [hit.article.number for hit in statutes.find("秤砣法 罚款", on=BEFORE)] == [2]
    assert statutes.find("罚 款", on=AFTER) == []
    assert statutes.find("款罚", on=AFTER) == []


@pytest.mark.usefixtures("laws")
def test_citations_are_looked_up() -> None:
    assert statutes.problems("秤砣法 1;秤砣法 2/1", on=AFTER) == []
    assert "没有生效的条文" in statutes.problems("秤砣法 3", on=AFTER)[0]
    assert "没有生效的条文" in statutes.problems("秤砣法 1", on=date(2000, 12, 31))[0]
    assert statutes.problems("别的法 3", on=AFTER) == []  # its text isn't loaded


@pytest.mark.usefixtures("laws")
def test_pages_show_it(client: Client) -> None:
    page = client.get("/laws/", {"q": "罚款", "on": "2001-05-01"}).content.decode()
    assert "<mark>罚款</mark>一百元" in page
    article = client.get("/laws/秤砣法/2/", {"on": "2026-01-01"}).content.decode()
    assert "罚款一千元" in article
    assert "2001-01-01 起" in article
    assert client.get("/laws/秤砣法/9/").status_code == 404


def test_without_texts_the_page_says_so(client: Client) -> None:
    assert "还没有装入" in client.get("/laws/", {"q": "罚款"}).content.decode()


@pytest.mark.shared
def test_the_real_collection_can_be_read(shared: Path) -> None:
    rows = loading.read(shared / "laws" / "text")
    by = {(row.law, row.number): row for row in rows if row.valid_to is None}
    assert "三倍" in by["消费者权益保护法", 55].text
    assert "无需说明理由" in by["消费者权益保护法", 25].text
    assert len(rows) == len({(row.law, row.valid_from, row.number) for row in rows}) > 5000
