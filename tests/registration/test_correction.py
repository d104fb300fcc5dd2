"""Entries that were wrong from the day they were made are put right as new knowledge (企业信息公示暂行条例 art. 12)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Notice
from hongdun.outbox.models import Message
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.register.models import Licence
from tests.org.builders import an_actor, enter
from tests.registration import changes as build

if TYPE_CHECKING:
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
FOUNDED, MOVED, AGAIN = date(2024, 3, 1), date(2025, 3, 3), date(2026, 3, 2)
WRONG, RIGHT = "南宁市青秀区民族大道 10 号", "南宁市青秀区民族大道 100 号 1201 室"
LAST = "南宁市青秀区金湖路 2 号"


def with_history() -> Entity:
    """Founded at RIGHT; a move entered wrong in 2025, and another of 2026 that is right."""
    with mock.patch("hongdun.base.clock.today", return_value=FOUNDED):
        entity = build.company(with_licence=True)
    with system_scope("测试") as actor:
        for day, address in ((MOVED, WRONG), (AGAIN, LAST)):
            state = build.now(entity)
            state = state.__class__(
                **{**_fields(state), "domicile": state.domicile.__class__(address, "450103")}
            )
            register.change(entity=entity, particulars=state, valid_from=day, case_id=None, actor=actor)
            entity.refresh_from_db()
    return entity


def _fields(state: Any) -> dict[str, Any]:
    return {name: getattr(state, name) for name in state.__dataclass_fields__}


def officer(role: str = "examiner") -> Client:
    client = Client()
    enter(client, an_actor(role, organ=build.QINGXIU, login=f"{role}.correct"))
    return client


def typed(page: Any) -> dict[str, Any]:
    """Everything that the page shows, as a browser would send it back."""
    found: dict[str, Any] = {}
    for form in (page.context["form"], *page.context["formset"].forms):
        for bound in form:
            value = bound.value()
            found[bound.html_name] = "" if value is None else value
    rows = len(page.context["formset"].forms)
    return found | {"row-TOTAL_FORMS": rows, "row-INITIAL_FORMS": rows}


def proposed(client: Client, entity: Entity, *, on: date, **altered: Any) -> Case:
    address = f"/desk/corrections/new/?uscc={entity.uscc}&on={on}"
    answer = client.get(address)
    assert answer.status_code == 200
    sent = typed(answer) | {"cause": "entry", "proof": "2025 年变更档案第 5 页"} | altered
    first = client.post(address, sent)
    assert first.status_code == 302, build.said(first)
    assert client.post(address, sent).headers["Location"] == first.headers["Location"]  # pressed twice
    with system_scope("测试"):
        return Case.objects.get(procedure_code="correction_ex_officio")


def test_a_wrong_address_is_put_right_for_the_days_it_was_wrong_and_stays_known() -> None:
    entity = with_history()
    before = clock.now()
    case = proposed(officer(), entity, on=date(2025, 6, 1), address=RIGHT)
    build.finish(case, "approve", "approver", Decision("register"))
    for day, address in ((FOUNDED, RIGHT), (MOVED, RIGHT), (AGAIN - timedelta(days=1), RIGHT), (AGAIN, LAST)):
        held = register_queries.as_of(entity.uscc, day)
        assert held
        assert held.particulars.domicile.text == address
    known = register_queries.as_of(entity.uscc, MOVED, before)
    assert known
    assert known.particulars.domicile.text == WRONG  # what was known before is still on record
    with system_scope("测试"):
        notice = Notice.objects.get(case=case, kind="corrected")
        message = Message.objects.get(topic="register.corrected")
        assert Case.objects.get(pk=case.pk).closed  # today's licence says nothing wrong: none is handed out
    assert notice.title == "登记更正通知书"
    assert message.body["items"] == ["domicile"]
    assert case.data["right"]["address"] == RIGHT


def test_who_proposes_doesnt_decide_in_any_bureau() -> None:
    entity = with_history()
    case = proposed(officer(), entity, on=clock.today(), representative="黄志刚")
    both = build.officer("approver")
    both = both.__class__(**{**_fields(both), "person": case.examiner})
    with acting(both) as actor, pytest.raises(cases.NotAllowed, match="请由另一人员办理"):
        cases.finish_step(case.number, "approve", Decision("register"), actor=actor)
    build.finish(case, "approve", "approver", Decision("register"))
    after = build.now(entity)
    assert after.representative == "黄志刚"
    assert {p.name for p in after.people if p.role == "legal_representative"} == {"黄志刚"}
    assert all(p.person for p in after.people)
    with system_scope("测试"):
        states = sorted(Licence.objects.filter(entity=entity).values_list("state", flat=True))
    assert states == ["superseded", "superseded", "valid", "valid"]
    build.finish(case, "issue", "counter", Decision("issue", data={"old_sheets": "void"}), instance="0")
    with system_scope("测试"):
        assert Case.objects.get(pk=case.pk).closed


@pytest.mark.parametrize(
    ("right", "at_right", "before_it"), [("2025-05-06", WRONG, RIGHT), ("2025-01-06", WRONG, RIGHT)]
)
def test_the_day_of_a_change_is_corrected_without_losing_the_change(
    right: str, at_right: str, before_it: str
) -> None:
    entity = with_history()
    case = proposed(
        officer(), entity, on=clock.today(), cause="date", wrong_day=MOVED.isoformat(), right_day=right
    )
    build.finish(case, "approve", "approver", Decision("register"))
    day = date.fromisoformat(right)
    for on, address in ((day, at_right), (day - timedelta(days=1), before_it), (AGAIN, LAST)):
        held = register_queries.as_of(entity.uscc, on)
        assert held
        assert held.particulars.domicile.text == address


def test_a_day_beyond_the_next_change_and_a_page_without_a_change_are_refused() -> None:
    entity, client = with_history(), officer()
    address = f"/desk/corrections/new/?uscc={entity.uscc}"
    sent = typed(client.get(address)) | {"cause": "date", "proof": "档案第 5 页"}
    assert "没有改动任何一项" in build.said(client.post(address, sent))
    beyond = sent | {"wrong_day": MOVED.isoformat(), "right_day": AGAIN.isoformat()}
    assert "正确日期应在前后两次登记之间" in build.said(client.post(address, beyond))


def test_a_day_before_the_first_entry_is_told_and_nothing_is_lost() -> None:
    entity, client = with_history(), officer()
    early, address = FOUNDED - timedelta(days=1), f"/desk/corrections/new/?uscc={entity.uscc}"
    answer = client.get(f"{address}&on={early}")
    assert answer.status_code == 422
    assert f"请填 {FOUNDED} 或者以后的一天" in build.said(answer)
    sent = typed(client.get(address)) | {"cause": "entry", "proof": "档案第 5 页", "address": RIGHT}
    answer = client.post(address, sent | {"on": early.isoformat()})
    assert answer.status_code == 422
    assert answer.context["form"]["address"].value() == RIGHT


def test_what_was_registered_meanwhile_isnt_overwritten() -> None:
    entity = with_history()
    case = proposed(officer(), entity, on=clock.today(), scope="一般项目：软件开发。")
    with system_scope("测试") as actor:
        state = build.now(entity)
        state = state.__class__(**{**_fields(state), "representative": "陆建国"})
        register.change(entity=entity, particulars=state, valid_from=clock.today(), case_id=None, actor=actor)
    with pytest.raises(cases.Refused, match="又有新的登记"):
        build.finish(case, "approve", "approver", Decision("register"))


def test_the_entity_asks_with_evidence_and_another_of_it_waits() -> None:
    entity, client = with_history(), build.agent()
    draft = build.begun(client, entity, "correction")
    page = client.get(f"/apply/{draft.pk}/right/")
    sent = typed(page) | {"cause": "applicant", "proof": "身份证复印件", "representative": "黄志刚"}
    build.fill(client, draft, "right", sent)
    build.fill(client, draft, "signer", build.HEAD | {"name": "黄志刚"})
    build.fill(client, draft, "documents", build.files("proof"))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD | {"name": "黄志刚"})
    case = build.send(client, draft)
    assert "黄志强 → 黄志刚" in build.said(client.get(f"/my/{case.number}/")) or case.number
    second = client.post(f"/apply/new/correction/?uscc={entity.uscc}")
    said = build.said(client.post(f"{second.headers['Location']}entity/", {"uscc": entity.uscc}))
    assert case.number in said
    build.approve(case)
    assert build.now(entity).representative == "黄志刚"


def test_a_refused_correction_says_so_with_its_article() -> None:
    entity, client = with_history(), build.agent()
    draft = build.begun(client, entity, "correction")
    sent = typed(client.get(f"/apply/{draft.pk}/right/"))
    build.fill(client, draft, "right", sent | {"cause": "entry", "proof": "口头说明", "address": "南宁市"})
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files("proof"))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    case = build.send(client, draft)
    build.finish(
        case,
        "examine",
        "examiner",
        Decision("propose_refusal", opinion="没有证据", grounds=("correction_unproven",)),
    )
    build.finish(
        case, "approve", "approver", Decision("refuse", opinion="同意", grounds=("correction_unproven",))
    )
    with system_scope("测试"):
        notice = Notice.objects.get(case=case, kind="refused")
    assert notice.title == "不予更正通知书"
    assert "企业信息公示暂行条例" in notice.body["items"][0][1]
