"""Contacts are kept once and before anything is read; a mixed one becomes two files, one of which says nothing of the other."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from hongdun.audit.models import Event
from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case, Notice
from hongdun.consumer import actions as consumer
from hongdun.consumer.actions import telephone
from hongdun.consumer.models import Contact, Kind, Matter, Reporter
from hongdun.consumer.queries import channels, duplicates
from tests.calls.builders import a_call
from tests.cases import builders as make
from tests.consumer import builders as build
from tests.org.builders import enter
from tests.register.builders import founded

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_the_same_key_is_one_contact_and_other_words_under_it_are_refused() -> None:
    by = build.operator()
    first, second = build.contact(by, key="abc"), build.contact(by, key="abc")
    assert first == second
    with acting(by), pytest.raises(consumer.KeyTaken, match="换一个新的键"):
        consumer.receive(channel="phone_12315", key="abc", payload="别的话", organ=build.CITY, actor=by)


def test_a_contact_is_never_changed() -> None:
    by = build.operator()
    contact = build.contact(by)
    with acting(by), pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(channel="web")


def test_of_a_contact_the_database_holds_no_plain_words() -> None:
    build.contact(build.operator())
    with system_scope("测试"), connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(c)::text FROM consumer_contact c")
        [(row,)] = cursor.fetchall()
    assert build.LISI.phone not in row
    assert "原话" not in row


def test_submitted_twice_it_is_the_same_cases() -> None:
    by = build.operator()
    contact = build.contact(by)
    with acting(by):
        first = consumer.submit(contact, build.FILING, actor=by)
        assert consumer.submit(contact, build.FILING, actor=by) == first


@pytest.mark.parametrize(("day", "counts"), [(date(2026, 4, 14), True), (date(2026, 4, 15), False)])
def test_an_email_counts_until_the_rule_of_april_2026(day: date, *, counts: bool) -> None:
    assert channels.channel("email", on=day).counts == counts
    by = build.operator()
    if counts:
        assert build.filed(by, on=day, channel="email")
        return
    with pytest.raises(cases.Refused, match="经 12315 电话确认后登记"):
        build.filed(by, on=day, channel="email")


def test_refund_and_it_is_fake_becomes_two_linked_files() -> None:
    by = build.operator()
    complaint, report = build.filed(
        by, Kind.COMPLAINT, Kind.REPORT, report_text="货架上还有同批假货，我在店里上过班。"
    )
    assert [each.procedure_code for each in (complaint, report)] == ["consumer.complaint", "consumer.report"]
    assert report.person is None
    with acting(by):
        assert {m.contact_id for m in Matter.objects.all()} == {Matter.objects.get(pk=report.pk).contact_id}
        assert Matter.objects.get(pk=report.pk).phone_hash == ""
        assert Reporter.objects.get(pk=report.pk).name == "李四"
        assert "李四" not in str(report.data)
        assert "上过班" not in str(complaint.data)


def test_what_the_merchant_gets_names_no_report() -> None:
    clerk = build.operator(build.COUNTY)
    complaint, report = build.filed(clerk, Kind.COMPLAINT, Kind.REPORT)
    examiner, head, lead = (
        make.officer(role, organ=build.COUNTY) for role in ("examiner", "head", "station")
    )
    build.go(complaint, "route", "keep", clerk)
    build.go(complaint, "accept", "accept", examiner)
    build.go(complaint, "place", "own", examiner)
    build.go(complaint, "assign", "assign", head, data={"lead": str(lead.person)})
    build.go(complaint, "consent", "terminate", lead, grounds=("end_absent",))
    with acting(lead):
        told = Notice.objects.filter(case=complaint, kind="termination_merchant")
        assert told.count() == 1
        words = str(told[0].body).replace("市场监督管理投诉举报处理办法", "")
    assert "举报" not in words
    assert report.number not in words


def test_a_reporter_is_read_for_a_reason_that_is_kept() -> None:
    clerk = build.operator(build.COUNTY)
    [report] = build.filed(clerk, Kind.REPORT)
    client = Client()
    enter(client, clerk)
    address = f"/desk/12315/reporter/{report.number}/"
    assert "李四" not in client.get(f"/cases/{report.number}/").content.decode()
    assert "李四" not in client.get(address).content.decode()
    shown = client.post(address, {"reason": "联系举报人补充线索"}).content.decode()
    assert "李四" in shown
    with system_scope("测试"):
        assert Event.objects.get(verb="consumer.reporter_read").reason == "联系举报人补充线索"
    stranger = Client()
    enter(stranger, build.operator(build.SIBLING))
    assert stranger.post(address, {"reason": "看看"}).status_code == 404


def test_an_anonymous_report_keeps_nobody() -> None:
    by = build.operator()
    [report] = build.filed(by, Kind.REPORT, anonymous=True)
    with acting(by):
        found = Reporter.objects.get(pk=report.pk)
    assert (found.is_anonymous, found.name, found.phone_hash) == (True, "", "")


def test_a_complaint_needs_a_name_and_a_telephone() -> None:
    with pytest.raises(cases.Incomplete, match="实名"):
        build.filed(build.operator(), sender=consumer.Sender("李四"))


def test_the_same_person_and_merchant_within_180_days_are_shown() -> None:
    entity = founded()
    by = build.operator()
    shop = consumer.Merchant(entity.name, entity=entity.pk)
    [first] = build.filed(by, merchant=shop)
    with acting(by):
        assert [m.case for m in duplicates.same(build.LISI.phone, entity.pk)] == [first]
        assert duplicates.same("13900000000", entity.pk) == []
        assert duplicates.cluster(entity.pk) == 1
    client = Client()
    enter(client, by)
    fragment = client.get("/desk/12315/similar/", {"phone": build.LISI.phone, "entity": entity.uscc})
    assert first.number in fragment.content.decode()
    assert first.number in client.get("/desk/12315/caller/", {"phone": build.LISI.phone}).content.decode()


def test_the_caller_is_known_by_the_call_that_is_on_the_line() -> None:
    by = build.operator()
    [case] = build.filed(by)
    call = a_call(organ=build.CITY, number=build.LISI.phone)
    client = Client()
    enter(client, by)
    assert case.number in client.get(f"/desk/12315/caller/?call={call.pk}").content.decode()
    assert build.LISI.phone in client.get(f"/desk/12315/new/?call={call.pk}").content.decode()
    assert "没有来电号码" in client.get("/desk/12315/caller/?call=none").content.decode()


def test_a_call_is_a_contact_from_its_first_ring_on_and_only_one() -> None:
    call = a_call(organ=build.CITY, number=build.LISI.phone)
    with system_scope("测试"):
        contact = telephone.keep(call.pk)
        assert telephone.keep(str(call.pk)).pk == contact.pk
        assert contact.received_at == call.arrived
        assert contact.sender_phone == build.LISI.phone


def test_the_page_registers_once_however_often_it_is_sent() -> None:
    client = Client()
    enter(client, build.operator())
    page = client.get("/desk/12315/new/")
    data = {
        "submission": str(page.context["form"].initial["submission"]), "channel": "phone_12315", "call": "",
        "received": str(clock.today()), "kinds": ["complaint", "report"], "sender_phone": "138 0000 1111",
        "sender_name": "李四", "merchant": "路边摊", "text": "缺斤少两",
    }  # fmt: skip
    for _ in range(2):
        assert client.post("/desk/12315/new/", data).status_code == 302
    with system_scope("测试"):
        assert Case.objects.filter(procedure_code__startswith="consumer.").count() == 2


def test_the_entity_counts_as_long_as_its_name_stands_beside_it() -> None:
    client, entity = Client(), founded()
    enter(client, build.operator())
    for named, is_there in ((entity.name, True), ("", True), ("路边摊", False)):
        page = client.get("/desk/12315/new/")
        data = {
            "submission": str(page.context["form"].initial["submission"]), "channel": "phone_12315", "call": "",
            "received": str(clock.today()), "kinds": ["complaint"], "sender_phone": "138 0000 1111",
            "sender_name": "李四", "merchant": named, "entity": entity.uscc, "text": "缺斤少两",
        }  # fmt: skip
        client.post("/desk/12315/new/", data)
        with system_scope("测试"):
            matter = Matter.objects.latest("received", "pk")
        assert (matter.entity == entity.pk) == is_there


def test_an_email_is_made_good_by_a_call() -> None:
    by = build.operator()
    mail = build.contact(by, channel="email")
    client = Client()
    enter(client, by)
    assert str(mail.pk) in client.get("/desk/12315/contacts/").content.decode()
    form = client.get(f"/desk/12315/new/?contact={mail.pk}").context["form"]
    assert (form.initial["sender_phone"], form.initial["text"]) == (build.LISI.phone, "原话")
    data = {
        "submission": str(form.initial["submission"]), "contact": str(mail.pk), "channel": "phone_12315",
        "received": str(clock.today()), "kinds": ["complaint"], "sender_phone": build.LISI.phone,
        "sender_name": "李四", "merchant": "路边摊", "text": "缺斤少两",
    }  # fmt: skip
    assert client.post("/desk/12315/new/", data).status_code == 302
    assert str(mail.pk) not in client.get("/desk/12315/contacts/").content.decode()
    assert client.get("/desk/12315/new/?contact=none").status_code == 200
    with acting(by):
        assert Contact.objects.get(follows=mail).channel == "phone_12315"


@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.REPORT])
def test_what_a_station_hears_begins_at_its_county(kind: Kind) -> None:
    hearer, clerk = make.officer("station", organ=build.STATION), build.operator(build.COUNTY)
    [case] = build.filed(hearer, kind)
    assert case.organ == build.COUNTY
    build.go(case, "route", "keep", clerk)
    client = Client()
    enter(client, hearer)
    assert client.get(f"/cases/{case.number}/").status_code == 200
