"""An administrator lays down from when a bureau works in which mode; what is open goes on as it began."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.db import DatabaseError, transaction

from hongdun.audit import queries as audit
from hongdun.audit.models import Event
from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases import queries
from hongdun.cases.models import ProcedureSetting
from hongdun.registration.establishment.procedure import ESTABLISHMENT
from tests.cases import builders as make
from tests.cases.test_pages import sit

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
WHAT = "company_establishment"
PAGE = "/desk/settings/"


@pytest.fixture
def admin() -> Client:
    return sit(make.officer("admin"))


def given(**other: Any) -> dict[str, Any]:
    today = clock.today().isoformat()
    row = {
        "what": WHAT,
        "organ": make.COUNTY,
        "value": "three",
        "valid_from": today,
        "basis": "青市监办〔2026〕18号",
    }
    return row | other


def opened() -> Case:
    return make.case(ESTABLISHMENT, mode="")


def test_a_mode_holds_for_what_comes_in_from_then_on(admin: Client) -> None:
    before = opened()
    assert admin.post(PAGE, given()).status_code == 302
    after = opened()
    assert (make.reload(before.number).mode, after.mode) == ("pair", "three")
    assert make.open_steps(before.number) == ["examine"]
    assert make.open_steps(after.number) == ["accept"]
    page = admin.get(PAGE).content.decode()
    assert "受理、审查、核准分设" in page
    assert "现行" in page
    with system_scope("测试"):
        event = Event.objects.get(verb="procedure.laid_down")
    words = audit.describe(event)
    assert "公司设立登记：登记方式" in words
    assert "受理、审查、核准分设" in words
    assert "18号" in words


def test_tomorrows_mode_does_not_hold_today(admin: Client) -> None:
    tomorrow = clock.today() + timedelta(1)
    assert admin.post(PAGE, given(valid_from=tomorrow.isoformat())).status_code == 302
    assert "将施行" in admin.get(PAGE).content.decode()
    assert opened().mode == "pair"
    with mock.patch("hongdun.base.clock.today", return_value=tomorrow):
        assert opened().mode == "three"


def test_the_later_entry_of_a_day_prevails(admin: Client) -> None:
    for value in ("three", "single"):
        assert admin.post(PAGE, given(value=value)).status_code == 302
    assert opened().mode == "single"
    assert "已被代替" in admin.get(PAGE).content.decode()


def test_a_step_is_given_to_another_role(admin: Client) -> None:
    case = opened()
    assert admin.post(PAGE, given(what=f"{WHAT}/approve", value="head")).status_code == 302
    make.finish(case.number, "examine", "pass", by=make.officer("examiner"))
    head = make.officer("head")
    with acting(head):
        assert queries.may_do(head, case.tasks.get(step="approve"), case)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"valid_from": "2026-01-05"}, "不能早于今天"),
        ({"basis": ""}, "依据"),
        ({"value": "head"}, "不能这样设定"),
        ({"what": f"{WHAT}/approve", "value": "three"}, "不能这样设定"),
        ({"what": f"{WHAT}/supplement", "value": "head"}, "设定什么"),
        ({"organ": make.OTHER}, "登记机关"),
        ({"organ": make.REGION}, "登记机关"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_laid_down(
    admin: Client, wrong: dict[str, Any], words: str
) -> None:
    answer = admin.post(PAGE, given(**wrong))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ProcedureSetting.objects.exists()


@pytest.mark.parametrize("role", ["head", "approver", "auditor"])
def test_only_administrators_lay_down(role: str) -> None:
    assert sit(make.officer(role)).post(PAGE, given()).status_code == 403
    with acting(make.officer(role)) as actor, pytest.raises(cases.NotAllowed):
        cases.lay_down(
            ESTABLISHMENT,
            organ=make.COUNTY,
            value="single",
            valid_from=clock.today(),
            basis="测试",
            actor=actor,
        )


def test_the_database_keeps_other_bureaus_out() -> None:
    with acting(make.officer("admin")), pytest.raises(DatabaseError), transaction.atomic():
        ProcedureSetting.objects.create(
            organ=make.OTHER,
            procedure_code=WHAT,
            key="mode",
            value="single",
            valid_from=clock.today(),
            basis="测试",
        )
    with system_scope("测试"):
        assert not ProcedureSetting.objects.exists()
