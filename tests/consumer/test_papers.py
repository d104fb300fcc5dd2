"""Letters and visits with scans; contacts of other ways become filings by a call."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hongdun.base import clock
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Case
from hongdun.consumer.actions import Sender, taking
from hongdun.consumer.models import Contact, Matter
from hongdun.consumer.queries import contacts
from hongdun.documents.models import Document
from tests.consumer import builders as build
from tests.documents.builders import pdf
from tests.org.builders import enter

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def typed(**changed: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid7()), "channel": "letter", "received": clock.today().isoformat(),
        "kinds": ["complaint"], "sender_name": "李四", "sender_phone": "13800001111", "merchant": "红豆商贸",
        "text": "来信反映空调不制冷。", "sale_division": "450103",
    } | changed  # fmt: skip


def a_text(organ: int = build.CITY) -> Contact:
    return taking.take_in(
        channel="sms", key=str(uuid7()), payload="卖过期牛奶", organ=organ, sender=Sender("", "13800001111")
    )


def scans() -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile("来信.pdf", pdf())]


def the_case() -> Case:
    with system_scope("测试"):
        return Case.objects.get()


def test_a_letter_counts_from_the_day_it_was_received(client: Client) -> None:
    enter(client, build.operator())
    day = clock.today() - timedelta(days=3)
    data = typed(received=day.isoformat(), scans=scans())
    assert client.post("/desk/12315/paper/", data).status_code == 302
    case = the_case()
    assert case.received == day
    with system_scope("测试"):
        assert Document.objects.of_case(case.id).get().filename == "来信.pdf"
        assert Matter.objects.get().channel == "letter"


def test_pressed_twice_it_is_one_case_with_its_scans_once(client: Client) -> None:
    enter(client, build.operator())
    data = typed()
    for _ in range(2):
        assert client.post("/desk/12315/paper/", data | {"scans": scans()}).status_code == 302
    with system_scope("测试"):
        assert Document.objects.of_case(the_case().id).count() == 1


@pytest.mark.parametrize(("days", "status"), [(0, 302), (1, 422)])
def test_paper_is_not_received_tomorrow(client: Client, days: int, status: int) -> None:
    enter(client, build.operator())
    day = clock.today() + timedelta(days=days)
    assert client.post("/desk/12315/paper/", typed(received=day.isoformat())).status_code == status


def test_a_text_message_becomes_a_complaint_by_a_call(client: Client) -> None:
    found = a_text()
    enter(client, build.operator())
    assert contacts.reference(found) in client.get("/desk/12315/contacts/").content.decode()
    page = client.get(f"/desk/12315/contacts/{found.pk}/").content.decode()
    assert "卖过期牛奶" in page
    data = typed(channel="phone_12315")
    assert client.post(f"/desk/12315/contacts/{found.pk}/", data).status_code == 302
    with system_scope("测试"):
        assert Matter.objects.get().contact.follows == found
    assert contacts.reference(found) not in client.get("/desk/12315/contacts/").content.decode()
    assert contacts.find(contacts.reference(found), "13800001111") == found
    with system_scope("测试"):
        assert contacts.cases_of(found) == [the_case().number]


def test_an_advertisement_is_laid_aside_with_a_reason(client: Client) -> None:
    found = a_text()
    enter(client, build.operator())
    address = f"/desk/12315/contacts/{found.pk}/aside/"
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "广告"}).status_code == 302
    assert client.get(f"/desk/12315/contacts/{found.pk}/").status_code == 404


def test_another_city_does_not_see_what_waits_here() -> None:
    a_text()
    for organ, count in ((build.CITY, 1), (build.OTHER_CITY, 0)):
        by = build.operator(organ)
        with acting(by):
            assert contacts.waiting(by).count() == count


@pytest.mark.parametrize(
    ("channel", "day", "counts"),
    [
        ("fax", date(2026, 4, 14), True),
        ("fax", date(2026, 4, 15), False),
        ("web", date(2026, 4, 14), True),
        ("web", date(2026, 4, 15), False),
        ("hotline_12345", date(2026, 4, 14), False),
        ("letter", date(2026, 4, 15), True),
    ],
)
def test_which_way_counts_is_told_by_the_day(channel: str, day: date, *, counts: bool) -> None:
    found = build.contact(build.operator(), channel=channel, on=day)
    assert contacts.stands(channel, {"complaint"}, contact=found) == counts
    assert contacts.stands(channel, {"consultation"}, contact=found)
