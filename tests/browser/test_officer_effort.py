"""What a routine file costs an officer: driven by keyboard, counted, and held against the table of the guide.

`pytest tests/browser/test_officer_effort.py -n0` says which rows of the table have become wrong.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.scope import acting
from tests.browser.conftest import apart
from tests.browser.effort import Effort, Hands
from tests.cases.builders import standard_opinions
from tests.org import builders as org
from tests.parties import builders as parties
from tests.registration import builders as build
from tests.registration import changes, shops
from tests.registration.test_change import sent_scope_change
from tests.registration.test_ordinary_cancellation import filed

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.cases.models import Case
    from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)
SERIALS = count()
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "officers.zh-CN.md"
# Twenty files an hour are 180 seconds each, for all officers together: reading is what they are for.
MOST_LOADS, MOST_KEYS = 3, 30


def an_establishment() -> Case:
    applicant = parties.an_applicant()
    with acting(applicant):
        return build.sent(applicant, name="广西邕江数字科技有限公司")


def signed_up(name: str, serial: int) -> Client:
    client = Client()
    person = {"name": name, "id_number": shops.number(serial), "phone": f"1380000{serial:04d}"}
    assert client.post("/account/register/", person | changes.PASSWORD).status_code == 302
    return client


def a_change() -> Case:
    return sent_scope_change(signed_up("韦小红", 5), changes.company(with_licence=True))


def a_cancellation() -> Case:
    return filed(signed_up("覃红豆", 2))


def seat(role: str, organ: int) -> Client:
    client = Client()
    org.enter(client, org.an_actor(role, organ=organ, login=f"{role}.{next(SERIALS)}"))
    return client


KINDS: tuple[tuple[str, Callable[[], Case]], ...] = (
    ("公司设立登记", an_establishment),
    ("变更登记", a_change),
    ("注销登记", a_cancellation),
)


def seated(page_at: OpenPage, role: str, organ: int) -> Hands:
    return Hands(page_at(1280, seat=apart(lambda: seat(role, organ))))


def decide(hands: Hands, filing: str, step: str, case: Case, code: str) -> list[Effort]:
    """From the open page of the file to the next page: the points ticked, a template, the way forward."""
    page = hands.page
    page.goto(f"/cases/{case.number}/{code}/")
    with hands.at(filing, step):
        if points := page.locator(".hd-decide [name=checks]").count():
            hands.press("d", *["Space", "Tab"] * points)
        if code != "issue":
            hands.press("Alt+Digit1")
            assert page.input_value("[name=opinion]"), filing
        with page.expect_navigation(wait_until="load"):
            hands.press("Control+Enter")
    assert page.locator(".govuk-notification-banner").first.is_visible(), page.url
    return hands.rows


def counter(hands: Hands) -> None:
    """An individual business from the empty sheet to its licence."""
    page = hands.page
    page.goto("/desk/counter/individual/new/")
    with hands.at("个体工商户设立登记", "窗口：录入、签字、登记"):
        hands.type(shops.OPERATOR, shops.number(2), "13800000002", "南宁市青秀区南湖街道长湖路 18 号")
        hands.press("Tab")  # identity: checked against the original, as preset
        hands.type(shops.ADDRESS)
        hands.press("Tab", "Tab", "Space")  # no name, no undertaking, the first line of business
        with page.expect_navigation(wait_until="load"):
            hands.press("Enter")
        page.locator("#signed").focus()
        hands.press("Space")
        with page.expect_navigation(wait_until="load"):
            hands.press("Enter")
    assert page.locator("text=打印营业执照（正本）").is_visible()


def test_a_routine_file_takes_few_pages_and_keys_as_the_guide_says(page_at: OpenPage) -> None:
    rows: list[Effort] = []
    apart(standard_opinions)
    cases = {filing: apart(make) for filing, make in KINDS}
    for role, step, code in (
        ("examiner", "审查", "examine"),
        ("approver", "核准", "approve"),
        ("counter", "发照", "issue"),
    ):
        for filing, case in cases.items():
            # This change leaves the licence as it is: like a cancellation, it has nothing to issue.
            if code != "issue" or filing == "公司设立登记":
                rows += decide(seated(page_at, role, case.organ), filing, step, case, code)
    hands = Hands(page_at(1280, seat=apart(shops.officer)))
    counter(hands)
    rows += hands.rows
    rows.sort(key=lambda row: [*(filing for filing, _ in KINDS), "个体工商户设立登记"].index(row.filing))
    for row in rows:
        assert (row.loads <= MOST_LOADS, row.keys <= MOST_KEYS, row.clicks) == (True, True, 0), row
    guide = GUIDE.read_text("utf-8")
    stale = [row.row for row in rows if row.row not in guide]
    assert not stale, "手册里的表旧了，应为：\n" + "\n".join(stale)
