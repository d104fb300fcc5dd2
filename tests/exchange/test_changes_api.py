from __future__ import annotations

import pytest
from django.test import Client

from tests.exchange.builders import deliver
from tests.register.builders import founded

pytestmark = pytest.mark.django_db


def test_pages_lead_on_without_gap_or_overlap() -> None:
    for n in range(5):
        founded(name=f"南宁第{n}商贸有限公司")
    deliver()
    seen, address = [], "/api/v1/changes?after=0&limit=2"
    while address:
        answer = Client().get(address)
        assert answer.status_code == 200
        seen += [each["position"] for each in answer.json()["changes"]]
        address = answer.json()["next"]
        assert ("Link" in answer.headers) == (address is not None)
    assert seen == [1, 2, 3, 4, 5]
    assert answer.json()["position"] == 5


def test_a_page_that_is_known_is_not_sent_again() -> None:
    founded()
    deliver()
    first = Client().get("/api/v1/changes")
    again = Client().get("/api/v1/changes", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("after=2", 409, "最新的是 1"),
        ("after=x", 400, "after 应为"),
        ("limit=1001", 400, "limit 应为"),
        ("since=3", 400, "没有参数 since"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(query: str, status: int, words: str) -> None:
    founded()
    deliver()
    answer = Client().get(f"/api/v1/changes?{query}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert words in answer.json()["detail"]


def test_what_is_no_longer_kept_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    from hongdun.exchange.queries import changes

    founded()
    deliver()
    monkeypatch.setattr(changes, "extent", lambda: changes.Extent(oldest=7, newest=9))
    assert Client().get("/api/v1/changes?after=6").status_code == 200
    gone = Client().get("/api/v1/changes?after=5")
    assert gone.status_code == 410
    assert (gone.json()["oldest"], gone.json()["newest"]) == (7, 9)


def test_a_listener_is_led_to_the_stream(settings: object) -> None:
    answer = Client().get("/api/v1/changes/stream?after=4")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(":9000/api/v1/changes/stream?after=4")
