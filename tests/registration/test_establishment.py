from __future__ import annotations

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case
from hongdun.documents import queries as documents
from hongdun.register import queries as register
from tests.registration import builders as build

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_a_company_goes_from_application_to_licence() -> None:
    applicant = build.applicant()
    with acting(applicant):
        case = build.sent(applicant)
    with acting(build.officer("examiner")) as examiner:
        cases.finish_step(case.number, "examine", Decision("pass", opinion="材料齐全"), actor=examiner)
    with acting(build.officer("approver")) as approver:
        cases.finish_step(case.number, "approve", Decision("register"), actor=approver)
    with acting(build.officer("counter")) as counter:
        cases.finish_step(
            case.number, "issue", Decision("issue", data={"delivery": "counter"}), actor=counter
        )
    with acting(applicant):
        case = Case.objects.get(number=case.number)
    with system_scope("测试"):
        papers = list(documents.of_case(case.id))
        kinds = {d.kind for d in papers}
    entity = register.find("广西鑫源数字科技有限公司").entities[0]
    assert case.outcome == "archive"
    assert case.closed
    assert entity.id == case.entity
    assert entity.uscc.startswith("91450103")
    archive = next(d for d in papers if d.kind == "archive")
    assert archive.pages >= 2 + 4 + 5
    assert {"receipt", "registered", "licence_original", "licence_duplicate", "review_sheet"} <= kinds
