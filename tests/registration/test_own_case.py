"""What the applicant reads of a case: plain words, no officer's name or proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base.scope import acting
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.documents import queries as documents
from hongdun.law import queries as law
from hongdun.registration.actions import papers
from hongdun.registration.establishment.procedure import ESTABLISHMENT
from hongdun.registration.establishment.queries import PLAIN
from tests.org.builders import enter
from tests.parties.builders import an_applicant
from tests.registration import builders as build

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def finish(case: Case, step: str, role: str, decision: Decision) -> None:
    with acting(build.officer(role, name="黄审查")) as officer:
        cases.finish_step(case.number, step, decision, actor=officer)


def sent() -> tuple[Client, Actor, Case]:
    founder, client = an_applicant(3), Client()
    with acting(founder):
        case = build.sent(founder)
    enter(client, founder)
    return client, founder, case


def test_every_outcome_has_plain_words() -> None:
    outcomes = {(s.code, o) for s in ESTABLISHMENT.steps.values() for o in s.outcomes}
    assert set(PLAIN) == outcomes


def test_a_proposal_to_refuse_stays_inside_until_it_is_decided() -> None:
    client, _, case = sent()
    ground = law.grounds("establishment", case.received, kind="refuse")[0]
    finish(case, "examine", "examiner", Decision("propose_refusal", "名称损害国家利益", (ground.code,)))
    page = client.get(f"/my/{case.number}/").content.decode()
    assert "审查完毕，等待核准" in page
    assert "正在核准" in page
    for inside in ("拟不予登记", "名称损害国家利益", "黄审查"):
        assert inside not in page
    assert "办理中" in client.get("/my/").content.decode()
    finish(case, "approve", "approver", Decision("refuse", "同意不予登记", (ground.code,)))
    assert "不予登记，理由和救济途径见通知书" in client.get(f"/my/{case.number}/").content.decode()
    listed = client.get("/my/").content.decode()
    assert "不予登记" in listed
    assert "已办结" not in listed


def test_the_defects_shown_are_those_of_the_one_time_notice() -> None:
    client, _, case = sent()
    items = ({"text": "章程缺少韦丽华的签名", "article": "条例第十六条"},)
    finish(case, "examine", "examiner", Decision("return", items=items))
    page = client.get(f"/my/{case.number}/").content.decode()
    assert "章程缺少韦丽华的签名（条例第十六条）" in page
    assert "等您补正" in page
    assert "等您补正" in client.get("/my/").content.decode()


def test_a_registered_company_is_linked_and_a_withdrawn_case_says_so() -> None:
    client, _, case = sent()
    finish(case, "examine", "examiner", Decision("pass"))
    finish(case, "approve", "approver", Decision("register"))
    page = client.get(f"/my/{case.number}/").content.decode()
    assert "准予登记" in page
    assert "准予登记" in client.get("/my/").content.decode()
    assert 'href="/entity/91450103' in page
    assert "正在发照" in page
    founder, other = an_applicant(4), Client()
    with acting(founder):
        gone = build.sent(founder, name="广西鑫泉数字科技有限公司")
    enter(other, founder)
    assert other.post(f"/my/{gone.number}/withdraw/").status_code == 302
    assert "您撤回了申请" in other.get(f"/my/{gone.number}/").content.decode()
    assert "已撤回" in other.get("/my/").content.decode()


def test_the_bureaus_own_papers_are_not_among_those_of_the_applicant() -> None:
    """Opinions stand in the review sheet; the archive is read on application (细则 art. 60)."""
    client, _, case = sent()
    ground = law.grounds("establishment", case.received, kind="refuse")[0]
    finish(case, "examine", "examiner", Decision("propose_refusal", "材料存疑", (ground.code,)))
    finish(case, "approve", "approver", Decision("refuse", "同意不予登记", (ground.code,)))
    with acting(build.officer("examiner")):
        papers.bind(case, actor=build.officer("archivist"))
        issued = {each.kind: each for each in documents.of_case(case.id)}
    page = client.get(f"/my/{case.number}/").content.decode()
    assert issued["refused"].get_absolute_url() in page
    assert client.get(issued["refused"].get_absolute_url()).status_code == 200
    for kind in ("review_sheet", "archive"):
        assert issued[kind].get_absolute_url() not in page
        assert client.get(issued[kind].get_absolute_url()).status_code == 404


def test_who_has_nothing_yet_is_told_where_to_begin() -> None:
    client = Client()
    enter(client, an_applicant(5))
    page = client.get("/my/").content.decode()
    assert "还没有提交过申请" in page
    assert 'href="/apply/"' in page
