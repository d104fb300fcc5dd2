"""What the law asks of a decision: told once, cited articles, ways to contest it, two pairs of hands."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.db import IntegrityError, connection, transaction
from pypdf import PdfReader

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Notice, ProcedureSetting
from hongdun.documents import queries as documents
from hongdun.documents import signing
from hongdun.documents.errors import DocumentProblem
from hongdun.law import queries as law
from hongdun.registration.actions import drafts
from hongdun.registration.models import Draft
from tests.registration import builders as build

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
DEFECTS = ({"text": "章程缺少韦丽华的签名", "article": "《市场主体登记管理条例》第十六条"},)


def finish(case: Case, step: str, decision: Decision, actor: Actor) -> Case:
    with acting(actor):
        return cases.finish_step(case.number, step, decision, actor=actor)


def opened(*, received: date | None = None) -> tuple[Actor, Case]:
    founder = build.applicant()
    with acting(founder):
        if received is None:
            return founder, build.sent(founder)
        with mock.patch("hongdun.base.clock.today", return_value=received):
            return founder, build.sent(founder)


def fresh(case: Case) -> Case:
    with system_scope("测试"):
        return Case.objects.get(pk=case.pk)


def text_of(document: UUID) -> str:
    with system_scope("测试"):
        found = documents.document(document)
        assert found is not None
        pages = PdfReader(BytesIO(documents.content(found))).pages
        return "".join("".join(page.extract_text() for page in pages).split())


def mode(kind: str) -> None:
    with system_scope("测试"):
        ProcedureSetting.objects.create(
            organ=build.QINGXIU, procedure_code="company_establishment", key="mode", value=kind,
            valid_from=date(2022, 3, 1), basis="测试",
        )  # fmt: skip


def test_defects_are_told_once_and_mending_starts_a_new_period() -> None:
    """2025-09-25 + 3 working days is 09-29, for Sunday 09-28 is worked (细则 art. 18)."""
    founder, case = opened(received=date(2025, 9, 25))
    assert case.clock_due == date(2025, 9, 29)
    finish(case, "examine", Decision("return", items=DEFECTS), build.officer("examiner"))
    case = fresh(case)
    assert case.clock_due is None
    with system_scope("测试"):
        notice = Notice.objects.get(case=case, kind="one_time_notice")
    assert notice.document
    assert "章程缺少韦丽华的签名" in text_of(notice.document)
    with acting(founder), mock.patch("hongdun.base.clock.today", return_value=date(2025, 10, 9)):
        draft = drafts.mend(case, actor=founder)
        drafts.save_topic(
            draft, "documents", draft.data["documents"] | {"charter": [build.upload(founder, "charter")]}
        )
        again = drafts.send(draft.id, actor=founder)
        assert drafts.send(draft.id, actor=founder).pk == again.pk
    assert fresh(case).clock_due == date(2025, 10, 13)  # Saturday 10-11 is worked


def test_refusal_needs_an_article_and_names_the_ways_to_contest() -> None:
    _, case = opened()
    examiner, approver = build.officer("examiner"), build.officer("approver")
    with pytest.raises(cases.Incomplete, match="必须引用法律依据"):
        finish(case, "examine", Decision("propose_refusal", opinion="不符合"), examiner)
    ground = law.grounds("establishment", case.received, kind="refuse")[0]
    finish(case, "examine", Decision("propose_refusal", "名称损害国家利益", (ground.code,)), examiner)
    with pytest.raises(cases.Incomplete, match="不是本业务的法定依据"):
        finish(case, "approve", Decision("refuse", "同意不予登记", ("no-such-ground",)), approver)
    finish(case, "approve", Decision("refuse", "同意不予登记", (ground.code,)), approver)
    case = fresh(case)
    assert (case.outcome, case.entity, case.clock_due) == ("refuse", None, None)
    with system_scope("测试"):
        notice = Notice.objects.get(case=case, kind="refused")
    assert notice.document
    text = text_of(notice.document)
    wanted = (
        "60日",
        "行政复议",
        "6个月",
        "行政诉讼",
        ground.citation,
        "青秀区人民政府",
        "经审查，名称损害国家利益",
    )
    assert [words for words in wanted if words not in text] == [], text


def test_one_officer_may_not_examine_and_approve() -> None:
    _, case = opened()
    both = build.officer("examiner", name="梁永康")
    finish(case, "examine", Decision("pass"), both)
    chair = build.Actor(
        name=both.name,
        kind="officer",
        person=both.person,
        organ=both.organ,
        post=both.post,
        roles=frozenset({"approver"}),
    )
    with pytest.raises(cases.NotAllowed, match="一审一核"):
        finish(case, "approve", Decision("register"), chair)
    with acting(chair), pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_task SET done = now(), done_by = %s, outcome = 'register' WHERE case_id = %s AND step = 'approve'",
            [chair.person, case.pk],
        )
    with acting(chair), pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(approver=chair.person)


def test_a_single_officer_bureau_decides_in_one_step() -> None:
    mode("single")
    _, case = opened()
    registrar = build.officer("approver")
    finish(case, "approve", Decision("register"), registrar)
    assert fresh(case).entity


def test_a_three_officer_bureau_keeps_all_duties_apart() -> None:
    mode("three")
    _, case = opened()
    clerk = build.officer("clerk")
    finish(case, "accept", Decision("accept"), clerk)
    same = build.Actor(
        name=clerk.name,
        kind="officer",
        person=clerk.person,
        organ=clerk.organ,
        post=clerk.post,
        roles=frozenset({"examiner"}),
    )
    with pytest.raises(cases.NotAllowed, match="受理、审查、核准分设"):
        finish(case, "examine", Decision("pass"), same)
    finish(case, "examine", Decision("pass"), build.officer("examiner"))
    finish(case, "approve", Decision("register"), build.officer("approver"))
    assert fresh(case).entity


def test_the_licence_is_signed_and_a_reprint_is_the_same_file() -> None:
    _, case = opened()
    finish(case, "examine", Decision("pass"), build.officer("examiner"))
    finish(case, "approve", Decision("register"), build.officer("approver"))
    with system_scope("测试"):
        paper = documents.of_case(case.id).get(kind="licence_original")
        first, second = documents.content(paper), documents.content(paper)
    assert first == second
    report = signing.verify_pdf(first)
    assert report.intact
    assert "样本" in text_of(paper.id)


def test_a_character_without_a_glyph_stops_the_paper_and_is_named() -> None:
    founder = build.applicant()
    with acting(founder), pytest.raises(DocumentProblem, match="U\\+31354"):
        build.sent(founder, name="广西\U00031354源科技有限公司")


def test_withdrawing_ends_the_case_until_it_is_decided() -> None:
    founder, case = opened()
    with acting(founder):
        cases.withdraw(case.number, actor=founder)
    assert fresh(case).outcome == "withdrawn"
    founder, decided = opened()
    finish(decided, "examine", Decision("pass"), build.officer("examiner"))
    finish(decided, "approve", Decision("register"), build.officer("approver"))
    with acting(founder), pytest.raises(cases.Refused, match="已作出决定"):
        cases.withdraw(decided.number, actor=founder)


def test_the_same_draft_is_one_case_and_keeps_its_receipt() -> None:
    founder = build.applicant()
    with acting(founder):
        draft = build.draft(founder)
        numbers = {drafts.send(draft.id, actor=founder).number for _ in range(3)}
        assert len(numbers) == 1
        assert Notice.objects.filter(kind="receipt").count() == 1
        assert Draft.objects.get(pk=draft.pk).sent


def test_papers_write_dates_as_legal_texts_do() -> None:
    _, case = opened(received=date(2026, 11, 20))
    with system_scope("测试"):
        receipt = Notice.objects.get(case=case, kind="receipt")
    assert receipt.document
    text = text_of(receipt.document)
    assert "于2026年11月20日提交" in text
    assert "将于2026年11月25日前作出决定" in text
    assert "2026-11-2" not in text


def test_tomorrow_is_a_new_day_for_the_clock() -> None:
    _, case = opened(received=date(2026, 11, 20))  # Friday
    assert case.clock_due == date(2026, 11, 25)
    assert case.clock_due - case.received == timedelta(5)
