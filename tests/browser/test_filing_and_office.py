from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from playwright.sync_api import expect

from hongdun.base import clock
from hongdun.base.scope import acting
from hongdun.registration.conflicts import actions as conflicts
from tests.browser.conftest import apart, fits, press
from tests.cases import builders as cases
from tests.org import builders as org
from tests.parties import builders as parties
from tests.registration import builders as registration

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client
    from playwright.sync_api import Page

    from tests.browser.conftest import OpenPage

TOPICS = ["name", "domicile", "scope", "shareholders", "members", "documents"]


class Filing(NamedTuple):
    """An application still being filled in, and the number of one that was sent."""

    draft: str
    sent: str


def a_filing(client: Client) -> Filing:
    """Both of one applicant, on whose seat the test client is put."""
    applicant = parties.an_applicant()
    with acting(applicant):
        draft = registration.draft(applicant)
        case = registration.sent(applicant, name="广西桂香源食品科技有限公司")
    org.enter(client, applicant)
    return Filing(str(draft.id), case.number)


def visit(page: Page, addresses: list[str], check: Callable[[Page], None]) -> None:
    for address in addresses:
        answer = page.goto(address)
        assert answer
        assert answer.status == 200, address
        check(page)


@pytest.mark.parametrize("width", [375, 1280])
def test_a_filing_is_accessible_from_start_to_receipt(
    page_at: OpenPage, axe: Callable[[Page], None], client: Client, width: int
) -> None:
    filing = apart(lambda: a_filing(client))
    page = page_at(width, seat=client)
    home = f"/apply/{filing.draft}/"
    visit(page, [home, *(f"{home}{topic}/" for topic in TOPICS), f"{home}check/"], axe)
    visit(page, ["/my/", f"/my/{filing.sent}/"], axe)
    page.goto(f"{home}name/")
    page.get_by_label("公司名称").fill("广西鑫泉数字科技")
    page.locator("[data-autosave-status]", has_text="已自动保存").wait_for()
    press(page.get_by_role("button", name="保存后离开"))
    page.get_by_text("填写中").wait_for()
    visit(page, [f"{home}name/"], axe)
    assert page.get_by_label("公司名称").input_value() == "广西鑫泉数字科技"


@pytest.mark.parametrize("width", [375, 1366])
def test_administration_is_accessible(
    page_at: OpenPage, axe: Callable[[Page], None], client: Client, width: int
) -> None:
    apart(lambda: org.enter(client, org.an_actor("admin")))
    visit(page_at(width, seat=client), ["/desk/settings/", "/desk/officers/", "/desk/officers/new/"], axe)


def a_warned_filing() -> str:
    """At an address where another is being decided, with a holder who is barred."""
    head = org.an_actor("approver")
    with acting(head):
        conflicts.enter_bar(
            name="李建国", id_number=parties.id_number(5), ground="bar_debt", since=clock.today(), basis="失信决定书", actor=head
        )  # fmt: skip
    applicant = parties.an_applicant(5)
    with acting(applicant):
        registration.sent(applicant, name="广西鑫泉数字科技有限公司")
        return registration.sent(applicant).number


@pytest.mark.parametrize("width", [375, 1280])
def test_what_an_approver_is_warned_of_is_accessible(
    page_at: OpenPage, axe: Callable[[Page], None], client: Client, width: int
) -> None:
    apart(cases.standard_opinions)
    number = apart(a_warned_filing)
    apart(lambda: org.enter(client, org.an_actor("examiner")))
    page = page_at(width, seat=client)
    visit(page, [f"/cases/{number}/examine/"], axe)
    assert page.locator(".hd-warning--stop").is_visible()
    page.keyboard.press("Alt+Digit1")
    expect(page.locator("[name=opinion]")).not_to_be_empty()
    expect(page.locator("[name=used]")).to_have_count(1)
    apart(lambda: org.enter(client, org.an_actor("head")))
    visit(page_at(width, seat=client), ["/desk/bars/", "/desk/absences/"], axe)


@pytest.mark.parametrize("width", [375, 1366])
def test_the_office_is_accessible_and_worked_by_keyboard(
    page_at: OpenPage, axe: Callable[[Page], None], client: Client, width: int
) -> None:
    filing = apart(lambda: a_filing(client))
    apart(lambda: org.enter(client, org.an_actor("examiner")))
    page = page_at(width, seat=client)
    own = ["/desk/absences/", "/desk/opinions/", "/desk/day/", f"/cases/{filing.sent}/trail/"]
    visit(page, ["/desk/", "/desk/find/", "/desk/post/", *own, f"/cases/{filing.sent}/", "/desk/work/"], axe)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/**")
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    fits(page)
