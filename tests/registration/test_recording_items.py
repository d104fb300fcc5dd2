"""Every item that is filed and not registered, from the page to the register (条例 art. 9, 29, 细则 art. 7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from hongdun.base.scope import system_scope
from hongdun.cases.models import Notice
from hongdun.register.models import EntityPerson
from tests.registration import changes as build
from tests.registration import kinds
from tests.registration.test_change import refused

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
NUMBER = build.FRESH["id_number"]


def recorded(entity: Entity, item: str, page: str, typed: dict[str, Any], *papers: str) -> Case:
    """On the spot where the rules allow it, else by an examiner and an approver."""
    case = kinds.filed(entity, "recording", item, papers=papers, **{page: typed})
    return case if case.closed else build.approve(case)


def secret(entity: Entity, role: str) -> list[str]:
    return [p.name for p in build.now(entity).people if p.role == role]


def test_the_family_of_a_shop_is_filed_and_not_published() -> None:
    entity = kinds.registered(kinds.SHOP, composition="家庭经营")
    case = recorded(
        entity,
        "family_member",
        "family_member",
        kinds.people(("family_member", "陆建国", NUMBER)),
        "resolution",
    )
    assert secret(entity, "family_member") == ["陆建国"]
    assert not EntityPerson.objects.filter(entity=entity, name="陆建国").exists()
    assert entity.licence_version == 1
    with system_scope("测试"):
        assert Notice.objects.filter(case=case, kind="registered").exists()


def test_a_shop_run_by_one_person_changes_its_composition_first() -> None:
    """细则 art. 6 item 7: whether a family runs it is registered."""
    entity, client = kinds.registered(kinds.SHOP, composition="个人经营"), build.agent()
    draft = build.begun(client, entity, "recording")
    build.fill(client, draft, "items", build.chosen("family_member"))
    said = refused(client, draft, "family_member", kinds.people(("family_member", "黄志强", NUMBER)))
    assert "登记的组成形式是个人经营" in said
    assert "“黄志强”是经营者" in said


def test_members_of_a_cooperative_are_filed_and_four_fifths_are_farmers() -> None:
    """农民专业合作社法 art. 20, 条例 art. 29: within 90 days of the end of the year."""
    entity, client = kinds.registered(kinds.COOPERATIVE), build.agent()
    draft = build.begun(client, entity, "recording")
    build.fill(client, draft, "items", build.chosen("members"))
    kept = [{"name": name, "amount": "10", "standing": "farmer"} for name in ("黄志强", "韦一", "韦二")]
    strangers = [{"name": name, "amount": "10", "standing": "citizen", "id_number": build.number(n)}
                 for n, name in ((61, "陆一"), (62, "陆二"))]  # fmt: skip
    said = refused(client, draft, "shareholders", kinds.holders(*kept, *strangers, capital="50"))
    assert "百分之八十" in said
    rows = (*kept, {"name": "韦三", "amount": "10", "standing": "farmer"}, strangers[0])
    build.fill(client, draft, "shareholders", kinds.holders(*rows, capital="50"))
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files("members", "resolution"))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    build.approve(build.send(client, draft))
    assert [s.holder for s in build.now(entity).shares] == ["黄志强", "韦一", "韦二", "韦三", "陆一"]


def test_a_partnership_files_another_deadline_and_its_agreement() -> None:
    entity = kinds.registered(kinds.PARTNERSHIP)
    rows = (
        {"name": "黄志强", "amount": "30", "deadline": "2031-06-30"},
        {"name": "韦丽华", "amount": "20", "deadline": "2031-06-30"},
    )
    case = kinds.filed(
        entity, "recording", "contributions", "charter", papers=("partnership_agreement_amended", "resolution"),
        shareholders=kinds.holders(*rows, capital="50"), charter={"about": "第六条出资期限"},
    )  # fmt: skip
    build.approve(case)
    assert {s.deadline for s in build.now(entity).shares} == {date(2031, 6, 30)}
    assert ["章程（协议）", "", "第六条出资期限"] in [list(row) for row in case_changes(case)]


def case_changes(case: Case) -> list[tuple[str, str, str]]:
    with system_scope("测试"):
        case.refresh_from_db()
        return list(case.data["changes"])


def test_subscribed_contributions_of_a_company_are_filed() -> None:
    entity = build.company()
    typed = build.holders(("黄志强", "30"), ("韦丽华", "20"), capital="50")
    typed |= {"holder-0-deadline": "2031-06-30", "holder-1-deadline": "2031-06-30"}
    recorded(entity, "contributions", "shareholders", typed, "charter_amended", "resolution")
    assert {s.deadline for s in build.now(entity).shares} == {date(2031, 6, 30)}


def test_owners_and_the_term_are_recorded_at_once() -> None:
    entity = build.company()
    recorded(
        entity,
        "beneficial_owner",
        "beneficial_owner",
        kinds.people(("beneficial_owner", "黄志强")),
        "resolution",
    )
    assert secret(entity, "beneficial_owner") == ["黄志强"]


def test_a_term_is_recorded_at_once() -> None:
    entity = build.company()
    recorded(entity, "term", "term", {"term": "years", "years": "20"}, "charter_amended", "resolution")
    assert build.now(entity).term_until is not None


@pytest.mark.parametrize(("on", "registered"), [("2022-02-28", True), ("2022-03-01", False)])
def test_a_term_was_registered_until_the_last_of_february_2022(on: str, registered: bool) -> None:  # noqa: FBT001
    """公司登记管理条例 art. 9 item 7; 条例 art. 9 since."""
    with mock.patch("hongdun.base.clock.today", return_value=date.fromisoformat(on)):
        entity, client = build.company(), build.agent()
        change, recording = build.begun(client, entity), build.begun(client, entity, "recording")
        asked, other = (change, recording) if registered else (recording, change)
        build.fill(client, asked, "items", build.chosen("term"))
        assert client.post(f"/apply/{other.pk}/items/", build.chosen("term")).status_code == 422
