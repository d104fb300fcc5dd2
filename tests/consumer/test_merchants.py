"""The register of online dispute resolution, and the merchant's own account beside the link."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Task
from hongdun.consumer.actions import odr
from hongdun.consumer.models import Kind
from hongdun.consumer.queries import merchants
from hongdun.law import queries as law
from hongdun.parties.models import Person
from hongdun.register.models import PersonLink
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.org.builders import enter
from tests.parties import builders as parties
from tests.register.builders import founded

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def complaint(entity: Entity, *kinds: Kind) -> Case:
    shop = replace(build.SHOP, entity=entity.pk)
    return build.filed(build.operator(build.COUNTY), *(kinds or (Kind.COMPLAINT,)), merchant=shop)[0]


def test_only_a_member_of_the_register_answers_first_in_ten_working_days() -> None:
    entity, clerk = founded(), build.operator(build.COUNTY)
    case = complaint(entity)
    with pytest.raises(cases.Refused, match="不在在线消费纠纷解决企业名单上"):
        build.go(case, "route", "odr", clerk)
    with acting(clerk):
        odr.join(entity, since=clock.today(), contact="客服部 0771-5550000", actor=clerk)
    build.go(case, "route", "odr", clerk)
    with acting(clerk):
        task = Task.objects.waiting().get(case=case)
    assert (task.step, task.due) == ("odr", law.due("consumer_odr", clock.today()).date)


def test_a_merchant_joins_once_and_may_come_back() -> None:
    entity, clerk, today = founded(), build.operator(build.COUNTY), clock.today()
    with acting(clerk):
        odr.join(entity, since=today - timedelta(9), contact="客服部", actor=clerk)
        with pytest.raises(cases.Refused, match="已经在"):
            odr.join(entity, since=today, contact="客服部", actor=clerk)
        with pytest.raises(cases.Incomplete, match="退出日期"):
            odr.leave(entity, left=today - timedelta(10), reason="停业", actor=clerk)
        odr.leave(entity, left=today, reason="停业", actor=clerk)
        with pytest.raises(cases.Refused, match="不在名单上"):
            odr.leave(entity, left=today, reason="停业", actor=clerk)
        with pytest.raises(cases.Incomplete, match="不能晚于今天"):
            odr.join(entity, since=today + timedelta(1), contact="客服部", actor=clerk)
        odr.join(entity, since=today, contact="客服部", actor=clerk)
    assert [row.left for row, _ in merchants.members(clerk)] == [None, today]


def test_officers_keep_the_register_on_its_pages(client: Client) -> None:
    entity, clerk = founded(), build.operator(build.COUNTY)
    complaint(entity, Kind.COMPLAINT, Kind.REPORT)
    enter(client, clerk)
    assert client.post("/desk/12315/merchants/", {"code": "none"}).status_code == 422
    address = client.post("/desk/12315/merchants/", {"code": entity.uscc}).headers["Location"]
    page = client.get(address).content.decode()
    assert "1 件，办结 0 件" in page
    assert "1 件，立案 0 件" in page
    empty = client.post(address, {"what": "join"})
    assert empty.status_code == 422
    day = clock.today()
    given = {"what": "join", "join-contact": "客服部", "join-since": str(day)}
    given |= {"join-since_0": str(day.year), "join-since_1": str(day.month), "join-since_2": str(day.day)}
    assert client.post(address, given).status_code == 302
    assert "登记退出" in client.get(address).content.decode()
    assert entity.name in client.get("/desk/12315/merchants/").content.decode()


def test_a_station_officer_reads_but_does_not_keep_the_register(client: Client) -> None:
    entity = founded()
    enter(client, make.officer("station", organ=build.COUNTY))
    address = f"/desk/12315/merchants/{entity.uscc}/"
    assert "登记加入" not in client.get(address).content.decode()
    given = {"what": "seat", "seat-phone": parties.phone()}
    assert "名单和账号由受理" in client.post(address, given).content.decode()


def seated(entity: Entity, serial: int = 1) -> None:
    clerk = build.operator(build.COUNTY)
    parties.an_account(serial)
    with acting(clerk):
        odr.grant_seat(entity, phone=parties.phone(serial), actor=clerk)


def test_a_confirmed_account_sees_the_complaints_it_is_asked_on_and_no_report(client: Client) -> None:
    entity = founded()
    [asked, report] = build.filed(
        build.operator(build.COUNTY), Kind.COMPLAINT, Kind.REPORT, merchant=replace(build.SHOP, entity=entity.pk)
    )  # fmt: skip
    not_yet = complaint(entity)
    build.to_consent(asked)
    seated(entity)
    parties.sign_in(client)
    assert entity.name in client.get("/12315/answer/").content.decode()
    page = client.get(f"/12315/answer/{entity.uscc}/").content.decode()
    assert asked.number in page
    assert not_yet.number not in page
    assert report.number not in page
    link = page.split('href="/12315/merchant/')[1].split('"')[0]
    opened = client.get(f"/12315/merchant/{link}").content.decode()
    assert "空调不制冷" in opened
    assert not [secret for secret in (build.LISI.name, build.LISI.phone, report.number) if secret in opened]


def test_strangers_and_ended_accounts_see_nothing(client: Client) -> None:
    entity = founded()
    build.to_consent(complaint(entity))
    parties.an_account(2)
    parties.sign_in(client, 2)
    assert client.get(f"/12315/answer/{entity.uscc}/").status_code == 404
    assert "还没有和经营者关联" in client.get("/12315/answer/").content.decode()
    seated(entity)
    clerk = build.operator(build.COUNTY)
    with acting(clerk):
        [row] = merchants.seats(entity.pk, clerk)
        with pytest.raises(cases.Refused, match="已经是"):
            odr.grant_seat(entity, phone=parties.phone(), actor=clerk)
        with pytest.raises(cases.Incomplete, match="没有用这个手机号"):
            odr.grant_seat(entity, phone=parties.phone(9), actor=clerk)
        odr.end_seat(row, actor=clerk)
    own = Client()
    parties.sign_in(own)
    assert own.get(f"/12315/answer/{entity.uscc}/").status_code == 404


@pytest.mark.parametrize(("identity", "sees"), [("self_declared", False), ("national_service", True)])
def test_a_representative_by_the_register_needs_a_confirmed_identity(identity: str, sees: bool) -> None:  # noqa: FBT001
    entity, account = founded(), parties.an_account()
    with system_scope("测试"):
        Person.objects.filter(pk=account.pk).update(identity_by=identity)
        stated = Person.objects.create(name="李建国", id_hash=account.person.id_hash)
        PersonLink.objects.create(
            entity=entity, organ=entity.organ, person=stated.pk, role="legal_representative"
        )
    assert merchants.represented(account.pk) == ([entity] if sees else [])
