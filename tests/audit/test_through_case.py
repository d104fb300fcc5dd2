"""Whoever may see a case may see what happened in it, wherever it happened."""

from __future__ import annotations

import pytest

from hongdun.audit import actions as audit
from hongdun.audit.queries import of_case
from hongdun.base.scope import acting, system_scope
from hongdun.org import actions as org
from tests.cases import builders

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_the_history_of_a_case_follows_its_visibility() -> None:
    applicant, clerk = builders.applicant(), builders.officer("clerk")
    stranger, helper = (
        builders.officer("clerk", organ=builders.OTHER),
        builders.officer("clerk", organ=450302000),
    )
    case = builders.case(by=applicant)
    with system_scope("测试"):
        audit.record("case.helped", actor=stranger, subject=case.number, case_id=case.id)
    with system_scope("测试"):
        org.share_case(case_id=case.id, organ=450302000, until=None, reason="联合核查", actor=clerk)
    seen = {}
    for name, actor in {"applicant": applicant, "clerk": clerk, "helper": helper}.items():
        with acting(actor):
            seen[name] = "case.helped" in of_case(case.id).values_list("verb", flat=True)
    assert seen == {"applicant": True, "clerk": True, "helper": True}
    with acting(stranger):
        # Only what happened at the own organ; the rest of the case stays hidden.
        assert set(of_case(case.id).values_list("verb", flat=True)) == {"case.helped"}
