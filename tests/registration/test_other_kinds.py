"""Changes of partnerships, sole proprietorships, cooperatives and branches, and of the type, from page to licence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.test import Client

from hongdun.base.scope import system_scope
from hongdun.cases.models import Notice
from hongdun.outbox.models import Message
from hongdun.register.models import Licence
from hongdun.registration import allowable
from tests.registration import changes as build
from tests.registration import kinds
from tests.registration.test_change import refused

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
NEW = {"name": "陆建国", "id_number": build.FRESH["id_number"], "home": kinds.ADDRESS}
PLACE = {"organ": build.QINGXIU, "address": "南宁市青秀区民族大道 8 号", "right": "rented"}


def test_a_partner_enters_for_another_and_manages_the_partnership() -> None:
    """细则 art. 32: all partners decide; the licence names who manages (合伙企业法 art. 26)."""
    entity = kinds.registered(kinds.PARTNERSHIP)
    rows = (
        {"name": "韦丽华", "amount": "20", "deadline": "2030-01-01"},
        {**NEW, "amount": "30", "deadline": "2030-01-01", "managing": "on"},
    )
    case = kinds.filed(
        entity, "change", "shareholders", "representative", papers=("partners_decision", "partnership_agreement_amended"),
        representative=build.FRESH, shareholders=kinds.holders(*rows, capital="50"),
    )  # fmt: skip
    build.approve(case)
    after = build.now(entity)
    assert after.representative == "陆建国"
    assert [(s.holder, s.standing) for s in after.shares] == [("韦丽华", "general"), ("陆建国", "general")]
    assert {(p.name, p.role) for p in after.people} == {("陆建国", "managing_partner")}
    assert _valid_sheets(entity) == 2


def test_the_investor_of_a_sole_proprietorship_changes_in_both_places_at_once() -> None:
    """个人独资企业法 art. 2, 17: the investor is the owner."""
    entity, client = kinds.registered(kinds.SOLE), build.agent()
    draft = build.begun(client, entity)
    assert "投资人就是出资人" in refused(client, draft, "items", build.chosen("representative"))
    rows = kinds.holders({**NEW, "standing": "own", "amount": "10"}, capital="10")
    with system_scope("测试"):
        draft.delete()
    case = _filed_by(client, entity, rows)
    build.approve(case)
    after = build.now(entity)
    assert (after.representative, after.shares[0].holder) == ("陆建国", "陆建国")
    assert {(p.name, p.role) for p in after.people} == {("陆建国", "investor")}


def _filed_by(client: Client, entity: Entity, rows: dict[str, Any]) -> Case:
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("representative", "shareholders"))
    build.fill(client, draft, "representative", build.FRESH)
    build.fill(client, draft, "shareholders", rows)
    build.fill(client, draft, "documents", {})
    [signature] = build.ask(draft)
    build.sign(signature, build.FRESH)
    return build.send(client, draft)


def test_a_cooperative_changes_its_chairman_and_its_place() -> None:
    """农民专业合作社法 art. 33, 细则 art. 32 item 3."""
    entity = kinds.registered(kinds.COOPERATIVE)
    case = kinds.filed(
        entity, "change", "representative", "domicile", papers=("members_resolution", "charter_amended_cooperative", "domicile"),
        representative=build.FRESH, domicile=PLACE, station={"station": ""},
    )  # fmt: skip
    build.approve(case)
    after = build.now(entity)
    assert (after.representative, after.domicile.text) == ("陆建国", PLACE["address"])
    assert len(after.shares) == 5
    assert _valid_sheets(entity) == 2


def _valid_sheets(entity: Entity) -> int:
    with system_scope("测试"):
        return Licence.objects.filter(entity=entity, state="valid").count()


def test_a_branch_follows_its_renamed_enterprise_within_thirty_days() -> None:
    """细则 art. 31: the enterprise is told which branches have to follow, and until when; the branch takes the new name."""
    fresh = "广西鑫源智造科技有限公司"
    with mock.patch("hongdun.base.clock.today", return_value=date(2026, 9, 3)):
        parent = build.company()
        branch = kinds.registered(kinds.BRANCH, parent=parent)
        case = kinds.filed(
            parent, "change", "name", papers=("charter_amended", "resolution"), name={"name": fresh}
        )
        build.approve(case)
    with system_scope("测试"):
        notice = Notice.objects.get(case=case, kind="registered")
        message = Message.objects.get(topic="registration.branch_change_due")
    papers = "".join(notice.body["paragraphs"])
    assert "2026年10月3日" not in papers  # a day of the national holiday: it rolls
    assert "2026年10月8日前" in papers
    assert (message.body["uscc"], message.body["until"]) == (branch.uscc, "2026-10-08")
    parent.refresh_from_db()
    assert [b.code for b in allowable.branches(parent)] == ["branch"]  # still found by the name given up
    client = _another()
    draft = build.begun(client, branch)
    build.fill(client, draft, "items", build.chosen("name"))
    assert f"冠以隶属企业的名称“{fresh}”" in refused(
        client, draft, "name", {"name": "广西红木有限公司南宁分公司"}
    )
    build.fill(client, draft, "name", {"name": f"{fresh}南宁分公司"})
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", {})
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    build.approve(build.send(client, draft))
    after = build.now(branch)
    assert (after.name, after.parent.name) == (f"{fresh}南宁分公司", fresh)


def _another() -> Client:
    client = Client()
    login = client.post(
        "/account/login/", {"phone": build.AGENT["phone"], "password": build.PASSWORD["password"]}
    )
    assert login.status_code == 302, build.said(login)
    return client


def test_one_shareholder_more_makes_it_another_type() -> None:
    """细则 art. 37: the conditions of the new type hold; a company by shares is the city's to register (细则 art. 4)."""
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("type", "shareholders"))
    build.fill(client, draft, "type", {"type": "1151"})
    two = build.holders(("黄志强", "30"), ("韦丽华", "20"), capital="50")
    assert "只有一名股东" in refused(client, draft, "shareholders", two)
    build.fill(client, draft, "shareholders", build.holders(("黄志强", "50"), capital="50"))
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files("charter_amended", "resolution"))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    build.approve(build.send(client, draft))
    after = build.now(entity)
    assert (after.type, len(after.shares)) == ("1151", 1)
    assert _valid_sheets(entity) == 2


def test_a_company_by_shares_is_registered_by_the_city_under_another_name() -> None:
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("type"))
    build.fill(client, draft, "type", {"type": "1220"})
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files("charter_amended", "resolution"))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    said = build.said(client.post(f"/apply/{draft.pk}/check/"))
    assert "名称与类型须一致" in said
    build.fill(client, draft, "items", build.chosen("type", "name"))
    build.fill(client, draft, "name", {"name": "广西鑫源数字科技股份有限公司"})
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    said = build.said(client.post(f"/apply/{draft.pk}/check/"))
    assert "股份有限公司由地市级以上登记机关登记" in said
    assert "请一并勾选变更住所" in said


def test_within_the_authority_a_move_stays_there_and_no_files_travel() -> None:
    entity = build.company(with_licence=True)
    case = kinds.filed(
        entity, "change", "domicile", papers=("charter_amended", "resolution", "domicile"), domicile=PLACE,
        station={"station": ""},
    )  # fmt: skip
    build.approve(case)
    assert (case.organ, build.now(entity).domicile.text) == (build.QINGXIU, PLACE["address"])
    with system_scope("测试"):
        topics = set(Message.objects.values_list("topic", flat=True))
    assert "register.changed" in topics
    assert "register.moved" not in topics


@pytest.mark.parametrize(
    ("name", "group", "words"),
    [
        ("广西鑫源智造科技集团有限公司", "", "请填写集团名称“广西鑫源智造科技集团”"),
        ("广西鑫源智造科技集团有限公司", "广西鑫海集团", "即“广西鑫源智造科技集团”"),
        ("广西鑫源智造科技集团有限公司", "广西鑫源智造科技集团", ""),
    ],
)
def test_a_company_that_forms_a_group_names_it_after_itself(name: str, group: str, words: str) -> None:
    """企业名称登记管理规定 art. 14."""
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("name"))
    typed = {"name": name, "group": group, "undertaking": "on"}
    if words:
        assert words in refused(client, draft, "name", typed)
        return
    build.fill(client, draft, "name", typed)
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files("charter_amended", "resolution"))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    build.approve(build.send(client, draft))
    assert build.now(entity).group == group
    assert group in build.said(client.get(f"/entity/{entity.uscc}/"))
