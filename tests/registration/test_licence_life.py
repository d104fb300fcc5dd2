"""From the loss of a licence to the new one: announced, replaced, printed, handed over; the old one says so (条例 art. 37)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases.actions import Decision, Refused
from hongdun.cases.models import Notice
from hongdun.documents.words import written_date
from hongdun.outbox.models import Message
from hongdun.register import actions as register
from hongdun.registration import allowable
from hongdun.registration.licence import printing, returning
from hongdun.registration.licence.models import Delivery, VoidNotice
from hongdun.registration.models import Draft
from tests.registration import changes as build
from tests.registration import sheets
from tests.registration.test_change import refused

if TYPE_CHECKING:
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


@pytest.fixture
def entity() -> Entity:
    return build.company(with_licence=True)


def verified(serial: str) -> str:
    return Client().get(f"/verify/?serial={serial}").content.decode()


def blocked(entity: Entity, filing: str) -> list[tuple[str, str]]:
    [found] = [each for each in allowable.filings_of(entity, on=clock.today()) if each.code == filing]
    return [(each.code, each.article) for each in found.blockers]


def test_no_sheet_is_given_up_by_overlooking_a_tick(entity: Entity) -> None:
    client = build.agent()
    draft = build.begun(client, entity, "licence_loss")
    page = client.get(f"/apply/{draft.pk}/sheets/").content.decode()
    assert page.count('name="sheets"') == 2
    assert "checked" not in page


def test_a_lost_licence_is_void_the_moment_it_is_declared_and_can_be_had_again(entity: Entity) -> None:
    client, [old, copy] = build.agent(), sheets.sheets_of(entity)
    case = sheets.declare(client, entity, old.serial, copy.serial)
    assert case.closed
    assert sheets.states(entity) == {"001": "lost", "002": "lost"}
    notice = VoidNotice.objects.get(entity=entity)
    assert [each["serial"] for each in notice.sheets] == [old.serial, copy.serial]
    page = verified(old.serial)
    assert "执照已声明作废" in page
    assert f"自{written_date(clock.today())}起作废" in page
    assert f"/notices/licences/?uscc={entity.uscc}" in page
    public = Client().get(f"/notices/licences/?uscc={entity.uscc}").content.decode()
    assert old.serial in public
    assert entity.name in public
    with system_scope("测试"):
        assert Notice.objects.filter(case=case, kind="void_declared").exists()
        assert Message.objects.filter(topic="registration.licences_void").count() == 1

    case = sheets.apply(client, entity, "licence_reissue", {"sheets": [old.serial, copy.serial]})
    build.approve(case)
    assert len(sheets.sheets_of(entity)) == 2
    sheets.stock(originals=1, duplicates=1)
    run = sheets.printed(case)
    assert run.finished
    assert run.originals
    assert run.duplicates
    assert sheets.states(entity) == {"001": "lost", "002": "lost", "003": "valid", "004": "valid"}
    assert "执照有效" in verified(sheets.sheets_of(entity)[2].serial)
    assert "执照已声明作废" in verified(old.serial)


def test_the_answer_for_machines_says_the_same(entity: Entity) -> None:
    [old, _] = sheets.sheets_of(entity)
    address = f"/api/v1/licences/{old.serial}"
    assert Client().get(address).json()["in_force"] is True
    sheets.declare(build.agent(), entity, old.serial)
    answer = Client().get(address).json()
    assert (answer["in_force"], answer["state"]["code"], answer["since"]) == (
        False,
        "lost",
        clock.today().isoformat(),
    )
    assert Client().get("/api/v1/licences/91450103GX0000007T-999").status_code == 404


def test_only_what_was_declared_void_is_issued_again(entity: Entity) -> None:
    assert blocked(entity, "licence_reissue") == [("not_declared", "市场主体登记管理条例第三十七条第二款")]
    client = build.agent()
    answer = client.post(f"/apply/new/licence_reissue/?uscc={entity.uscc}")
    assert answer.status_code == 302
    with system_scope("测试"):
        draft = Draft.objects.latest("started")
    assert "先办理“营业执照作废声明”" in refused(client, draft, "entity", {"uscc": entity.uscc})
    sheets.declare(client, entity, sheets.sheets_of(entity)[1].serial)
    assert blocked(entity, "licence_reissue") == []
    case = sheets.apply(client, entity, "licence_reissue", {"sheets": [sheets.sheets_of(entity)[1].serial]})
    assert case.data["sheets"]["sheets"][0]["copy"] == "duplicate"
    assert [code for code, _ in blocked(entity, "licence_reissue")] == ["open_filing"]
    assert blocked(entity, "recording") != []


def test_a_licence_from_before_the_platform_can_be_declared_void_and_issued_again() -> None:
    entity, client = build.company(), build.agent()
    assert blocked(entity, "licence_copies")[0][0] == "no_original"
    sheets.declare(client, entity, "original-0", cause="destroyed")
    [notice] = VoidNotice.objects.filter(entity=entity)
    assert notice.sheets_label == "正本（本平台启用前核发）"
    case = sheets.apply(
        client, entity, "licence_reissue", {"sheets": ["original-0"]}, delivery=sheets.ELECTRONIC
    )
    build.approve(case)
    with system_scope("测试") as actor:
        printing.give_electronic(sheets.delivery_of(case).pk, actor=actor)
    assert sheets.states(entity) == {"001": "valid"}
    assert sheets.delivery_of(case).state == Delivery.State.DONE
    with system_scope("测试"):
        case.refresh_from_db()
    assert case.closed
    assert blocked(entity, "licence_copies") == []


def test_nothing_is_declared_for_a_day_to_come_nor_without_the_declaration(entity: Entity) -> None:
    client, [old, _] = build.agent(), sheets.sheets_of(entity)
    draft = build.begun(client, entity, "licence_loss")
    late = (clock.today() + timedelta(days=1)).isoformat()
    assert "日期晚于今天" in refused(client, draft, "sheets", sheets.lost(old.serial, day=late))
    assert "声明作废须勾选" in refused(client, draft, "sheets", sheets.lost(old.serial, promise=""))
    build.fill(client, draft, "sheets", sheets.lost(old.serial))


def test_the_one_who_stands_for_the_entity_declares(entity: Entity) -> None:
    client, [old, _] = build.agent(), sheets.sheets_of(entity)
    draft = build.begun(client, entity, "licence_loss")
    build.fill(client, draft, "sheets", sheets.lost(old.serial))
    assert "由他（她）签署" in refused(client, draft, "signer", build.FRESH)
    build.fill(client, draft, "signer", build.HEAD)
    assert client.post(f"/apply/{draft.pk}/check/").status_code == 409
    assert sheets.states(entity)["001"] == "valid"


def test_a_worn_licence_is_exchanged_for_the_old_one(entity: Entity) -> None:
    client, [old, _] = build.agent(), sheets.sheets_of(entity)
    case = sheets.apply(client, entity, "licence_exchange", {"sheets": [old.serial], "worn": "torn"})
    build.approve(case)
    assert sheets.states(entity)["001"] == "valid"
    build.finish(
        case, "issue", "counter", Decision("issue", data={"delivery": "counter", "old_sheets": "handed_in"})
    )
    assert sheets.states(entity) == {"001": "surrendered", "002": "valid", "003": "valid"}
    assert "领照方式 到窗口领取" in build.said(client.get(f"/my/{case.number}/"))
    assert not VoidNotice.objects.exists()


def test_more_duplicates_bear_numbers_that_were_never_borne(entity: Entity) -> None:
    client, [_, copy] = build.agent(), sheets.sheets_of(entity)
    sheets.declare(client, entity, copy.serial)
    case = sheets.apply(client, entity, "licence_copies", {"count": 2, "purpose": "分公司办理许可"})
    build.approve(case)
    sheets.stock(duplicates=2)
    sheets.printed(case)
    fresh = [each for each in sheets.sheets_of(entity) if each.state == "valid" and each.copy == "duplicate"]
    assert [each.duplicate_no for each in fresh] == [2, 3]


@pytest.mark.parametrize("count", ["0", "11"])
def test_duplicates_are_one_to_ten(entity: Entity, count: str) -> None:
    client = build.agent()
    draft = build.begun(client, entity, "licence_copies")
    assert "增领几份副本" in refused(client, draft, "sheets", {"count": count, "purpose": "招投标"})


def test_what_is_no_longer_needed_is_handed_in_at_the_counter(entity: Entity) -> None:
    client, [_, copy] = build.agent(), sheets.sheets_of(entity)
    draft = build.begun(client, entity, "licence_surrender")
    build.fill(client, draft, "sheets", {"sheets": [copy.serial]})
    build.fill(client, draft, "way_back", {"way": "post", "tracking": "1234567890123"})
    case = sheets.signed(client, draft)
    assert sheets.states(entity)["002"] == "valid"
    build.finish(case, "receive", "counter", Decision("received"))
    assert sheets.states(entity) == {"001": "valid", "002": "surrendered"}
    assert "执照已缴回" in verified(copy.serial)
    with system_scope("测试"):
        assert Notice.objects.filter(case=case, kind="handed_in").exists()


def test_sheets_of_a_cancelled_entity_are_got_back_or_announced_void(entity: Entity) -> None:
    [old, copy] = sheets.sheets_of(entity)
    with system_scope("测试") as actor:
        register.set_status(
            entity=entity, status="cancelled", on=clock.today(), reason="注销登记", case_id=None, actor=actor
        )
    assert sheets.states(entity) == {"001": "due", "002": "due"}
    assert "执照已失效" in verified(old.serial)
    with acting(sheets.counter()) as actor:
        assert returning.settle([old.pk], handed_in=True, actor=actor) == 1
        assert returning.settle([copy.pk], handed_in=False, actor=actor) == 1
        assert not returning.out_in(actor).exists()
    assert sheets.states(entity) == {"001": "surrendered", "002": "void"}
    notice = VoidNotice.objects.get(entity=entity)
    assert (notice.cause, notice.is_declared) == ("kept", False)
    assert "登记机关公告作废" in Client().get("/notices/licences/").content.decode()
    assert "公告作废" in verified(copy.serial)


def test_old_sheets_of_other_bureaus_are_out_of_reach(entity: Entity) -> None:
    [old, _] = sheets.sheets_of(entity)
    with system_scope("测试") as actor:
        register.set_status(
            entity=entity, status="cancelled", on=clock.today(), reason="注销登记", case_id=None, actor=actor
        )
    with acting(sheets.counter(build.XIANGSHAN)) as actor:
        assert returning.settle([old.pk], handed_in=True, actor=actor) == 0
    assert sheets.states(entity)["001"] == "due"


def test_a_change_in_the_meantime_leaves_nothing_to_issue_again(entity: Entity) -> None:
    client, [old, copy] = build.agent(), sheets.sheets_of(entity)
    sheets.declare(client, entity, old.serial, copy.serial)
    case = sheets.apply(client, entity, "licence_reissue", {"sheets": [old.serial, copy.serial]})
    with system_scope("测试") as actor:
        for kind, place in (("original", 0), ("duplicate", 1)):
            register.record_licence(
                entity=entity, copy=kind, duplicate_no=place, on=clock.today(), case_id=None, actor=actor
            )  # type: ignore[arg-type]
    build.finish(case, "examine", "examiner", Decision("pass"))
    with pytest.raises(Refused, match="已经随其他登记换发"):
        build.finish(case, "approve", "approver", Decision("register"))
