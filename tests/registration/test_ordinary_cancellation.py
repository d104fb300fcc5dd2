"""An enterprise ends after its liquidation: the creditors' 45 days, and duties that were missed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from hongdun.base.scope import acting
from hongdun.cases import actions as cases
from hongdun.register.models import Entity
from hongdun.registration.cancellation.ordinary import queries as application
from hongdun.registration.cancellation.ordinary.forms import Documents, Liquidation
from tests.register import builders as registered
from tests.registration import builders, shops
from tests.registration.test_keeper import paper
from tests.registration.test_simple_cancellation import company, owner  # noqa: F401 - a fixture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with mock.patch("hongdun.base.clock.today", return_value=TODAY):
        yield


def liquidation(**other: str) -> dict[str, str]:
    typed = {
        "way": "liquidated", "liquidators": "覃红豆、韦绿豆", "founded": "2026-09-01", "announced": "2026-09-08",
        "creditors": "2026-09-10", "finished": "2026-10-30", "clearance": "兴宁税 税企清〔2026〕18号",
    }  # fmt: skip
    return typed | other


# 10 September and 45 days is 25 October, a Sunday: creditors have until Monday the 26th.
@pytest.mark.parametrize(
    ("finished", "right"), [("2026-10-26", False), ("2026-10-27", True), ("2026-11-25", False)]
)
def test_a_liquidation_cannot_end_before_the_creditors_days(finished: str, right: bool) -> None:  # noqa: FBT001
    assert Liquidation(liquidation(finished=finished)).is_valid() is right


def test_what_a_liquidation_has_to_state_is_asked_of_nobody_else() -> None:
    bare = {"way": "merged", "finished": "2026-11-20", "clearance": "税清 1 号"}
    assert Liquidation(bare).is_valid()
    assert set(Liquidation(bare | {"way": "liquidated"}).errors) == {
        "liquidators",
        "founded",
        "announced",
        "creditors",
    }


@pytest.mark.parametrize(("announced", "missed"), [("2026-09-11", 0), ("2026-09-12", 1)])
def test_announcing_the_liquidators_late_is_told_the_officer(announced: str, missed: int) -> None:
    value = liquidation(announced=announced)
    assert len(application.late(value, received=date(2026, 11, 20))) == missed


@pytest.mark.parametrize(("received", "missed"), [(date(2026, 11, 30), 0), (date(2026, 12, 1), 1)])
def test_applying_late_is_told_the_officer(received: date, missed: int) -> None:
    """30 October and 30 days is 29 November, a Sunday: until Monday the 30th."""
    assert len(application.late(liquidation(), received=received)) == missed


@pytest.mark.parametrize(("way", "asked"), [("liquidated", True), ("merged", False)])
def test_a_merger_needs_no_report_of_liquidation(way: str, asked: bool) -> None:  # noqa: FBT001
    with acting(builders.applicant()) as actor:
        page = Documents({"liquidation": {"way": way}}, actor=actor)
    assert ("liquidation" in {each.code for each in page.required()}) is asked


def filed(owner: Client) -> Case:  # noqa: F811 - the fixture
    entity = company()
    draft = owner.post("/apply/new/cancellation/").headers["Location"]
    topics: dict[str, dict[str, Any]] = {
        "entity": {"uscc": entity.uscc},
        "liquidation": liquidation(),
        "documents": {code: paper(code) for code in ("dissolution", "liquidation", "tax_clearance")},
    }
    for code, typed in topics.items():
        answer = owner.post(f"{draft}{code}/", typed)
        assert answer.status_code == 302, answer.content.decode()
    return shops.case_of(f"/my{owner.post(f'{draft}check/').headers['Location']}")


def test_from_application_to_the_end(owner: Client) -> None:  # noqa: F811 - the fixture
    case = filed(owner)
    for role, step, outcome in (("examiner", "examine", "pass"), ("approver", "approve", "register")):
        actor = builders.officer(role, organ=registered.COUNTY)
        with acting(actor):
            case = cases.finish_step(case.number, step, cases.Decision(outcome), actor=actor)
    assert case.outcome == "archive"
    assert Entity.objects.get(pk=case.entity).status == "cancelled"
