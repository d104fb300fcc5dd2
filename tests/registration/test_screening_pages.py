"""The pages on which the rules are read, tried, laid down and switched."""

from __future__ import annotations

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.registration.actions import drafts
from hongdun.registration.screening import queries, released
from tests.org.builders import an_actor, enter
from tests.parties.builders import an_applicant
from tests.registration import builders as build
from tests.registration.screened import CODE, REGION, all_sign, decided, let_rules_decide, sent

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


@pytest.fixture(autouse=True)
def rules_of_the_release() -> None:
    with system_scope("测试"):
        released.load()


def signed_in(role: str, organ: int = build.QINGXIU) -> Client:
    client = Client()
    enter(client, an_actor(role, organ=organ))
    return client


def test_the_page_tries_other_conditions_and_lays_them_down() -> None:
    decided(sent(lambda d: d["shareholders"].update(capital="5000")))
    page = f"/desk/automatic/{CODE}/"
    client = signed_in("admin", REGION)
    shown = client.get(page, {"value_capital": "5000"}).content.decode()
    assert "改后符合 1 件" in shown
    assert "制定新的条件" in shown
    laid = client.post(
        f"{page}conditions/?value_capital=5000",
        {"valid_from": clock.today().isoformat(), "basis": "桂市监注〔2026〕18号"},
    )
    assert laid.status_code == 302
    assert {c.code: c.value for c in queries.conditions(CODE, on=clock.today())}["capital"] == 5000
    assert "桂市监注〔2026〕18号" in client.get(page).content.decode()


def test_the_page_switches_and_says_what_is_missing() -> None:
    client = signed_in("admin")
    page = f"/desk/automatic/{CODE}/"
    given = {"organ": build.QINGXIU, "on": "1", "share": "5", "valid_from": clock.today().isoformat()}
    refused = client.post(f"{page}switch/", given)
    assert refused.status_code == 422
    assert client.post(f"{page}switch/", given | {"basis": "青市监〔2026〕1号"}).status_code == 302
    assert decided(sent()).closed
    assert signed_in("examiner").post(f"{page}switch/", given).status_code == 403


def test_applicant_and_officer_see_each_condition() -> None:
    let_rules_decide()
    applicant, client = an_applicant(3), Client()
    with acting(applicant):
        found = build.draft(applicant)
        all_sign(found)
        case = drafts.send(found.id, actor=applicant)
    decided(case)
    enter(client, applicant)
    own = client.get(f"/my/{case.number}/").content.decode()
    assert "由系统按规则办理" in own
    assert "名称的近似提示" in own
    assert "符合全部条件" in signed_in("examiner").get(f"/cases/{case.number}/").content.decode()
