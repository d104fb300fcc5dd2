"""Paper handed in at the counter, entered by an officer into the same guided form."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.registration.models import Draft
from tests.org import builders as org
from tests.registration import shops

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


@pytest.fixture
def clerk() -> Client:
    return shops.officer("qx.clerk", "clerk", org.QINGXIU)


def handed_in(received: date, late: str = "") -> dict[str, object]:
    return {
        "procedure": "name_reservation", "name": "韦小红", "id_number": shops.number(2), "phone": "13800000002",
        "received": received.isoformat(), "late": late,
    }  # fmt: skip


def name_page() -> dict[str, object]:
    return {
        "organ": org.QINGXIU, "kind": "enterprise", "name": "广西鑫源数字科技有限公司", "trade": "", "industry": "",
        "link": "", "link_code": "", "undertaking": "on",
    }  # fmt: skip


def test_an_officer_enters_a_paper_for_its_applicant_on_the_day_it_came(clerk: Client) -> None:
    yesterday = clock.today() - timedelta(days=1)
    answer = clerk.post("/desk/intake/", handed_in(yesterday, "停电，当日手工收件"))
    draft = answer.headers["Location"]
    assert "代 韦小红 录入" in clerk.get(draft).content.decode()
    assert clerk.post(f"{draft}name/", name_page()).status_code == 302
    answer = clerk.post(f"{draft}check/")
    assert answer.status_code == 302, answer.content.decode()
    with system_scope("测试"):
        case = Case.objects.get()
        entered = Draft.objects.get()
    assert unquote(answer.headers["Location"]) == f"/cases/{case.number}/"
    assert (case.received, case.data["applicant"], case.person) == (yesterday, "韦小红", entered.person)
    assert case.data["handed_in"]["late"] == "停电，当日手工收件"


def test_an_earlier_day_wants_its_reason_and_a_later_one_is_refused(clerk: Client) -> None:
    today = clock.today()
    for received, words in (
        (today - timedelta(days=1), "请写明原因"),
        (today + timedelta(days=1), "不能晚于今天"),
    ):
        answer = clerk.post("/desk/intake/", handed_in(received))
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_what_a_colleague_enters_is_nobody_elses_draft(clerk: Client) -> None:
    draft = clerk.post("/desk/intake/", handed_in(clock.today())).headers["Location"]
    other = shops.officer("qx.second", "clerk", org.QINGXIU)
    assert other.get(draft).status_code == 404
    assert clerk.get("/desk/intake/").content.decode().count(draft) == 1
    assert draft not in other.get("/desk/intake/").content.decode()
    assert clerk.post(f"{draft}discard/").headers["Location"] == "/desk/intake/"
