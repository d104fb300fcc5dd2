"""Changes of registered items from the applicant's pages to the new licence (条例 art. 24–28, 细则 art. 31–37)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from hongdun.audit.models import Event
from hongdun.base import blocks
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Notice
from hongdun.documents.models import Document
from hongdun.register.models import Licence
from hongdun.registration.models import DecreaseNotice, Draft
from hongdun.registration.signing import actions as signing
from tests.registration import changes as build

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


def test_several_items_in_one_filing_replace_the_licence() -> None:
    """Name, scope and representative at once: nothing the register knows is asked again, the new one signs."""
    entity, client = build.company(with_licence=True), build.agent()
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("name", "scope", "representative"))
    build.fill(client, draft, "name", {"name": "广西鑫源智造科技有限公司"})
    build.fill(client, draft, "representative", {**build.FRESH, "position": "executive_director"})
    build.fill(client, draft, "scope", {"scope": "软件开发；人工智能应用软件开发"})
    build.fill(client, draft, "documents", build.files("charter_amended", "resolution"))
    [signature] = build.ask(draft)
    build.sign(signature, build.FRESH)
    case = build.send(client, draft)
    assert case.organ == build.QINGXIU
    build.approve(case)
    after = build.now(entity)
    assert (after.name, after.representative) == ("广西鑫源智造科技有限公司", "陆建国")
    assert after.scope.items == ("软件开发", "人工智能应用软件开发")
    assert {(p.name, p.role) for p in after.people} == {
        ("陆建国", "legal_representative"), ("陆建国", "director"), ("韦丽华", "supervisor"), ("黄志强", "liaison"),
    }  # fmt: skip
    build.finish(
        case,
        "issue",
        "counter",
        Decision("issue", data={"old_sheets": "handed_in", "delivery": "counter"}),
        instance="0",
    )
    with system_scope("测试"):
        assert Case.objects.get(pk=case.pk).closed
        states = sorted(Licence.objects.filter(entity=entity).values_list("state", flat=True))
        assert states == ["surrendered", "surrendered", "valid", "valid"]
        notice = Notice.objects.get(case=case, kind="registered")
        papers = set(Document.objects.filter(case_id=case.pk, issued=True).values_list("kind", flat=True))
    assert notice.document
    assert {"signature_page", "receipt", "registered", "archive", "licence_original"} <= papers


def refused(client: Client, draft: Draft, topic: str, typed: dict[str, Any]) -> str:
    answer = client.post(f"/apply/{draft.pk}/{topic}/", typed)
    assert answer.status_code == 422, answer.status_code
    return build.said(answer)


def scope_change(client: Client, entity: Entity, scope: str = "软件开发") -> Draft:
    """Filled in, its representative asked to sign, nothing sent."""
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("scope"))
    build.fill(client, draft, "scope", {"scope": scope})
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files("charter_amended", "resolution"))
    return draft


def sent_scope_change(client: Client, entity: Entity, scope: str = "软件开发") -> Case:
    draft = scope_change(client, entity, scope)
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    return build.send(client, draft)


def test_the_old_representatives_signature_fails_and_the_new_ones_passes() -> None:
    """公司法 art. 35, 细则 art. 33."""
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("representative"))
    build.fill(client, draft, "representative", {**build.FRESH, "position": "manager"})
    build.fill(client, draft, "documents", build.files("resolution"))
    [signature] = build.ask(draft)
    assert signature.name == "陆建国"
    with system_scope("测试"):
        said = signing.identify(signature.pk, name=build.HEAD["name"], digits=build.HEAD["id_number"][-6:])
    assert "由新任签署" in said
    assert "细则第三十三条" in said
    assert client.post(f"/apply/{draft.pk}/check/").status_code == 409
    build.sign(signature, build.FRESH)
    case = build.send(client, draft)
    build.approve(case)
    after = build.now(entity)
    assert after.representative == "陆建国"
    assert ("陆建国", "manager") in {(p.name, p.role) for p in after.people}
    assert ("黄志强", "director") in {(p.name, p.role) for p in after.people}


def test_lost_contact_demands_a_new_address_with_any_other_change(monkeypatch: pytest.MonkeyPatch) -> None:
    """细则 art. 20."""
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    monkeypatch.setattr(
        blocks,
        "SOURCES",
        [lambda entity, on: [blocks.Fact("lost_contact", f"{on.year - 1} 年列入经营异常名录。")]],
    )
    said = refused(client, draft, "items", build.chosen("scope"))
    assert "细则第二十条第二款" in said
    assert "请一并勾选“住所（经营场所）”" in said
    build.fill(client, draft, "items", build.chosen("scope", "domicile"))


def test_a_barred_representative_is_replaced_with_any_other_change(monkeypatch: pytest.MonkeyPatch) -> None:
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    monkeypatch.setattr(blocks, "SOURCES", [lambda entity, on: [blocks.Fact("barred", "黄志强限制任职。")]])
    assert "细则第二十条第一款" in refused(client, draft, "items", build.chosen("domicile"))
    build.fill(client, draft, "items", build.chosen("domicile", "representative"))


def test_during_an_open_change_another_of_the_same_item_is_refused_and_of_another_isnt() -> None:
    entity, client = build.company(), build.agent()
    first = sent_scope_change(client, entity)
    second = build.begun(client, entity)
    said = refused(client, second, "items", build.chosen("scope", "name"))
    assert first.number in said
    assert "变更登记" in said
    build.fill(client, second, "items", build.chosen("name"))
    with acting(build.actor_of(second)) as actor:
        cases.withdraw(first.number, actor=actor)
    build.fill(client, second, "items", build.chosen("scope", "name"))


def test_two_changes_side_by_side_keep_each_others_items() -> None:
    """What the later approval enters is laid over what the earlier one entered."""
    entity, client = build.company(), build.agent()
    first, second = sent_scope_change(client, entity), build.begun(client, entity)
    build.fill(client, second, "items", build.chosen("name"))
    build.fill(client, second, "name", {"name": "广西鑫源智造科技有限公司"})
    build.fill(client, second, "signer", build.HEAD)
    build.fill(client, second, "documents", build.files("charter_amended", "resolution"))
    [signature] = build.ask(second)
    build.sign(signature, build.HEAD)
    build.approve(build.send(client, second))
    build.approve(first)
    after = build.now(entity)
    assert (after.name, after.scope.text) == ("广西鑫源智造科技有限公司", "软件开发")


def test_a_move_is_decided_at_the_destination_and_the_files_follow() -> None:
    """条例 art. 27, 细则 art. 62: both sides log it."""
    entity, client = build.company(with_licence=True), build.agent()
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("domicile"))
    place = {"organ": build.XIANGSHAN, "address": "桂林市象山区中山南路 8 号", "right": "rented"}
    build.fill(client, draft, "domicile", place)
    build.fill(client, draft, "station", {"station": ""})
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files("charter_amended", "resolution", "domicile"))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    case = build.send(client, draft)
    assert case.organ == build.XIANGSHAN
    build.approve(case)
    after = build.now(entity)
    assert (entity.organ, after.domicile.division) == (build.XIANGSHAN, "450304")
    with system_scope("测试"):
        out = Case.objects.get(procedure_code="files_out", entity=entity.pk)
        assert set(Licence.objects.filter(entity=entity, state="valid").values_list("organ", flat=True)) == {
            build.XIANGSHAN
        }
    assert (out.organ, out.clock_rule) == (build.QINGXIU, "file_transfer")
    build.finish(
        out, "hand_over", "archivist", Decision("handed_over", data={"volumes": 2, "way": "electronic"})
    )
    with system_scope("测试"):
        arrived = Case.objects.get(procedure_code="files_in", entity=entity.pk)
    assert arrived.organ == build.XIANGSHAN
    assert arrived.data["volumes"] == 2
    build.finish(arrived, "take_over", "archivist", Decision("taken_over", data={"volumes_received": 2}))
    with system_scope("测试"):
        told = set(
            Event.objects.filter(verb__startswith="files_", case_id__in=[out.pk, arrived.pk]).values_list(
                "organ", flat=True
            )
        )
    assert told == {build.QINGXIU, build.XIANGSHAN}


def test_less_capital_waits_for_the_end_of_its_notice() -> None:
    """细则 art. 36: 45 days; the last day of the notice is too early, the next one isn't."""
    entity, client = build.company(), build.agent()
    published = date(2026, 3, 2)
    with mock.patch("hongdun.base.clock.today", return_value=published):
        notice = build.begun(client, entity, "decrease_notice")
        build.fill(
            client,
            notice,
            "notice",
            {"capital": "30", "basis": "general", "resolved": "2026-03-01", "contact": "财务部 0771-5500000"},
        )
        build.fill(client, notice, "signer", build.HEAD)
        [signature] = build.ask(notice)
        build.sign(signature, build.HEAD)
        assert build.send(client, notice).closed
    with system_scope("测试"):
        last = DecreaseNotice.objects.get(entity=entity).until
    assert last == date(2026, 4, 16)
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("capital", resolved="2026-03-01"))
    lower = build.holders(("黄志强", "18"), ("韦丽华", "12"), capital="30")
    with mock.patch("hongdun.base.clock.today", return_value=last):
        assert f"公告期到 {last} 届满" in refused(client, draft, "shareholders", lower)
    other = build.holders(("黄志强", "10"), ("韦丽华", "10"), capital="20")
    with mock.patch("hongdun.base.clock.today", return_value=last + timedelta(days=1)):
        assert "没有找到减至" in refused(client, draft, "shareholders", other)
        build.fill(client, draft, "shareholders", lower)


def test_a_transfer_of_shares_asks_only_the_new_holder_for_a_number() -> None:
    entity, client = build.company(), build.agent()
    before = build.now(entity)
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("shareholders"))
    lacking = build.holders(("黄志强", "30"), ("陆建国", "20"), capital="50")
    assert "请填写股东的证件号码" in refused(client, draft, "shareholders", lacking)
    more = build.holders(("黄志强", "30"), ("陆建国", "30", build.FRESH["id_number"]), capital="60")
    assert "没有勾选变更注册资本" in refused(client, draft, "shareholders", more)
    build.fill(
        client,
        draft,
        "shareholders",
        build.holders(("黄志强", "30"), ("陆建国", "20", build.FRESH["id_number"]), capital="50"),
    )
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files("charter_amended", "resolution", "share_transfer"))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    case = build.approve(build.send(client, draft))
    after = build.now(entity)
    with system_scope("测试"):
        ended = Case.objects.get(pk=case.pk)
        assert not Licence.objects.filter(entity=entity, case_id=case.pk).exists()
    assert (ended.outcome, bool(ended.closed)) == (
        "archive",
        True,
    )  # nothing on the licence: nothing to hand out
    assert [share.holder for share in after.shares] == ["黄志强", "陆建国"]
    assert after.shares[0].person == before.shares[0].person
    assert after.shares[1].person not in {None, before.shares[1].person}


@pytest.mark.parametrize(("resolved", "warned"), [("2026-06-01", False), ("2026-05-31", True)])
def test_a_late_application_is_warned_of_and_not_barred(resolved: str, warned: bool) -> None:  # noqa: FBT001
    """条例 art. 24: 30 days from the resolution; 2026-06-01 + 30 is 07-01, a Wednesday."""
    entity, client = build.company(), build.agent()
    draft = scope_change(client, entity)
    build.fill(client, draft, "items", build.chosen("scope", resolved=resolved))
    with mock.patch("hongdun.base.clock.today", return_value=date(2026, 7, 1)):
        page = build.said(client.get(f"/apply/{draft.pk}/check/"))
    assert ("已经逾期" in page) is warned
