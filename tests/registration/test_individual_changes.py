"""A registered shop: changed, taken over, closed; at the counter and on the phone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.test import Client

from hongdun.base import blocks
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.outbox.models import Message
from hongdun.register import queries as register
from hongdun.register.models import Entity
from hongdun.registration import handovers
from hongdun.registration.individual import operators
from hongdun.registration.individual.cancellation import actions as cancellation
from tests.org import builders as org
from tests.registration import builders, shops
from tests.registration.test_applicant_pages import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]

TODAY = date(2026, 11, 24)
NEW = {
    "operator-name": "黄大伟", "operator-id_number": shops.number(61), "operator-phone": "13800000061",
    "operator-home": "南宁市兴宁区民生路 3 号", "operator-checked": "original",
    "receipt-received": "2026-11-24", "receipt-late": "", **rows("relative"),
}  # fmt: skip


@pytest.fixture
def day() -> Iterator[mock.Mock]:
    with mock.patch("hongdun.base.clock.today", return_value=TODAY) as today:
        yield today


@pytest.fixture
def station(day: mock.Mock) -> Client:
    return shops.officer()


def again(entity: Entity) -> Entity:
    return Entity.objects.get(pk=entity.pk)


def take_in(client: Client, kind: str, entity: Entity, typed: dict[str, Any]) -> Case:
    answer = client.post(f"/desk/counter/individual/{kind}/?uscc={entity.uscc}", typed)
    assert answer.status_code == 302, answer.content.decode()
    return shops.case_of(answer.headers["Location"])


def decide(client: Client, case: Case) -> Case:
    answer = client.post(f"/desk/counter/{case.number}/register/", {"signed": "1"})
    assert answer.status_code == 302, answer.content.decode()
    with system_scope("测试"):
        return Case.objects.get(pk=case.pk)


def wanted(**other: str) -> dict[str, Any]:
    typed = {
        "present-checked": "original", "wanted-name": "", "wanted-address": shops.ADDRESS,
        "wanted-scope": "一般项目：日用百货销售。", "wanted-composition": "",
        "receipt-received": "2026-11-24", "receipt-late": "", **rows("relative"),
    }  # fmt: skip
    return typed | other


def test_place_and_scope_are_changed_and_the_licence_replaced(station: Client) -> None:
    entity = shops.registered(station)
    case = take_in(station, "change", entity, wanted(**{"wanted-address": "南宁市青秀区长湖路 20 号"}))
    assert decide(station, case).outcome == "archive"
    state = register.latest(again(entity)).particulars
    assert (state.domicile.text, state.scope.text) == ("南宁市青秀区长湖路 20 号", "一般项目：日用百货销售。")
    sheets = list(register.licences(entity).values_list("copy", "state"))
    assert sheets.count(("original", "valid")) == 1
    assert sheets.count(("original", "superseded")) == 1


def test_nothing_changed_is_nothing_to_file(station: Client) -> None:
    entity = shops.registered(station)
    scope = register.latest(entity).particulars.scope.text
    answer = station.post(
        f"/desk/counter/individual/change/?uscc={entity.uscc}", wanted(**{"wanted-scope": scope})
    )
    assert answer.status_code == 409
    assert "没有改动任何一项" in answer.content.decode()


def test_a_second_filing_waits_for_the_first(station: Client) -> None:
    entity = shops.registered(station)
    first = take_in(station, "change", entity, wanted())
    answer = station.post(f"/desk/counter/individual/simple/?uscc={entity.uscc}", closing())
    assert answer.status_code == 409
    assert first.number in answer.content.decode()


@pytest.mark.parametrize(
    ("received", "filings"),
    [(date(2022, 10, 31), ["individual_cancellation", "individual_establishment"]), (date(2022, 11, 1), ["individual_change"])],
)  # fmt: skip
def test_a_new_operator_is_two_filings_until_the_last_of_october_2022(
    station: Client, received: date, filings: list[str]
) -> None:
    entity = shops.registered(station, **{"name-name": "南宁市青秀区阿红米粉店"})
    late = {"receipt-received": received.isoformat(), "receipt-late": "旧案补录"}
    case = decide(station, take_in(station, "operator", entity, NEW | late))
    with system_scope("测试"):
        linked = [each for each in (case.parent, case) if each]
        assert [each.procedure_code for each in linked] == filings
        assert all(each.closed for each in linked)
        now = Entity.objects.get(pk=case.entity)
    assert now.representative == "黄大伟"
    assert now.name == "南宁市青秀区阿红米粉店"
    assert (now.uscc == entity.uscc) is (len(filings) == 1)
    assert again(entity).status == ("active" if len(filings) == 1 else "cancelled")


@pytest.mark.parametrize(
    ("on", "direct"),
    [(date(2022, 2, 28), False), (date(2022, 3, 1), False), (date(2022, 10, 31), False), (date(2022, 11, 1), True)],
)  # fmt: skip
def test_the_law_of_the_day_says_whether_an_operator_may_be_changed_directly(on: date, direct: bool) -> None:  # noqa: FBT001
    assert operators.is_direct(on) is direct


def closing(**other: str) -> dict[str, Any]:
    typed = {
        "present-checked": "original", "closing-reason": "stopped", "closing-undertaking": "on",
        "receipt-received": "2026-11-24", "receipt-late": "",
    }  # fmt: skip
    return typed | other


def test_a_shop_with_a_tax_clearance_is_cancelled_on_the_spot(station: Client) -> None:
    entity = shops.registered(station)
    typed = closing(**{"closing-clearance": "青秀税 税企清〔2026〕88号"})
    decide(station, take_in(station, "cancel", entity, typed))
    ended = again(entity)
    assert (ended.status, ended.closed) == ("cancelled", TODAY)
    assert set(register.licences(entity).values_list("state", flat=True)) == {"due"}
    name = entity.names.get()
    assert (name.fate, name.until) == ("cancelled", TODAY)


@pytest.mark.parametrize(
    ("later", "status"), [(date(2026, 12, 4), "active"), (date(2026, 12, 5), "cancelled")]
)
def test_the_simple_way_waits_ten_days_for_the_departments(
    station: Client, day: mock.Mock, later: date, status: str
) -> None:
    entity = shops.registered(station)
    decide(station, take_in(station, "simple", entity, closing()))
    day.return_value = later
    with system_scope("测试"):
        cancellation.cancel_where_nobody_objected()
    assert again(entity).status == status


def test_tax_and_labour_are_asked_until_the_tenth_day(station: Client) -> None:
    """条例 art. 33 para. 3: pushed to the departments and not published."""
    entity = shops.registered(station)
    decide(station, take_in(station, "simple", entity, closing()))
    with system_scope("测试"):
        sent = {m.body["department"]: m.body for m in Message.objects.filter(topic=handovers.SENT)}
    assert {each["fields"]["until"] for each in sent.values()} == {"2026-12-04"}
    assert set(sent) == {"tax", "insurance"}
    assert sent["tax"]["article"] == "市场主体登记管理条例第三十三条第三款"


def test_an_objection_ends_the_simple_way(station: Client) -> None:
    entity = shops.registered(station)
    case = decide(station, take_in(station, "simple", entity, closing()))
    actor = builders.officer("station", organ=org.NANHU_STATION)
    with acting(actor):
        cases.finish_step(
            case.number, "objections", cases.Decision("objected", opinion="欠缴税款 300 元"), actor=actor
        )
    assert again(entity).status == "active"
    with system_scope("测试"):
        case.refresh_from_db()
        refused = case.notices.get(kind="refused")
    assert [text for text, _ in refused.body["items"]] == [
        "公示期内有关部门、债权人或者其他利害关系人提出异议"
    ]


def test_an_officer_cannot_cut_the_ten_days_short(station: Client) -> None:
    entity = shops.registered(station)
    case = decide(station, take_in(station, "simple", entity, closing()))
    actor = builders.officer("station", organ=org.NANHU_STATION)
    with acting(actor), pytest.raises(cases.Refused, match="2026-12-04"):
        cases.finish_step(case.number, "objections", cases.Decision("none"), actor=actor)


def test_the_simple_way_is_closed_to_a_listed_shop_and_says_by_which_article(station: Client) -> None:
    entity = shops.registered(station)

    def listed(_: object, *, on: date) -> list[blocks.Fact]:
        return [blocks.Fact("abnormal", "2026-07-10 被列入经营异常名录")]

    blocks.add(listed)
    try:
        answer = station.post(f"/desk/counter/individual/simple/?uscc={entity.uscc}", closing())
        assert answer.status_code == 409
        assert "第四十八条第一项" in answer.content.decode()
        shown = Client().get(f"/api/v1/entities/{entity.uscc}/filings").json()["filings"]
        found = {each["code"]: [b["code"] for b in each["blockers"]] for each in shown}
    finally:
        blocks.SOURCES.remove(listed)
    assert found["individual_simple_cancellation"] == ["abnormal"]
    assert found["individual_cancellation"] == []
