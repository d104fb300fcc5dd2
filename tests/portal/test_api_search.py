"""Listing and finding entities by program: filters, pages, what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.register.searching import loaded, row

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
ADDRESS = "/api/v1/entities"
LIUZHOU = 450_203_000


@pytest.fixture(autouse=True)
def _entities(db: None) -> None:
    loaded(*(row(number, f"南宁红豆{number:02}号商贸有限公司") for number in range(1, 8)))
    loaded(row(20, "柳州绿豆商贸有限公司", organ=LIUZHOU))


def ask(client: Client, expected: int = 200, address: str = ADDRESS, **query: Any) -> Any:
    response = client.get(address, query)
    assert response.status_code == expected, response.content.decode()
    return json.loads(response.content)


def walked(client: Client, **query: Any) -> list[str]:
    names, address = [], ADDRESS
    while address:
        body = ask(client, address=address, **query)
        names += [each["name"] for each in body["items"]]
        address, query = body["next"], {}
    return names


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "红豆"}, 7), ({"q": "hongdou"}, 7), ({"q": "商贸", "city": "4502"}, 1), ({"city": "4501"}, 7),
        ({"q": "红豆 03"}, 1), ({"q": "绿逗商贸"}, 1), ({"status": "cancelled"}, 0), ({"type": "1130"}, 8), ({}, 8),
        ({"founded_from": "2015-03-02", "founded_to": "2015-03-02"}, 8), ({"founded_from": "2015-03-03"}, 0),
    ],
)  # fmt: skip
def test_words_and_filters_find_each_once_page_by_page(
    client: Client, query: dict[str, str], count: int
) -> None:
    for limit in (1, 3, 20):
        found = walked(client, limit=limit, **query)
        assert len(found) == len(set(found)) == count


def test_the_link_header_and_the_etag(client: Client) -> None:
    first = client.get(ADDRESS, {"q": "红豆", "limit": "2"})
    assert first.headers["Link"] == f'<{json.loads(first.content)["next"]}>; rel="next"'
    same = client.get(ADDRESS, {"q": "红豆", "limit": "2"}, headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ({"q": "豆"}, 409, "两个字以上"), ({"q": "红豆", "cursor": "x"}, 409, "第一页"), ({"city": "45"}, 400, "四位"),
        ({"status": "gone"}, 400, "之一"), ({"limit": "0"}, 400, "1 至"), ({"town": "x"}, 400, "没有参数"),
        ({"founded_from": "2015-13-01"}, 400, "真实的日期"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(client: Client, query: dict[str, str], status: int, words: str) -> None:
    problem = ask(client, status, **query)
    assert words in problem["detail"]
    assert problem["parameter"] == list(query)[-1]
