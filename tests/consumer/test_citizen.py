"""After the filing: the sender answers on mediation, and finds out where a contact stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hongdun.base.scope import acting, system_scope
from hongdun.consumer.actions import Sender, evidence, taking
from hongdun.consumer.models import Kind
from hongdun.consumer.queries import contacts
from tests.consumer import builders as build
from tests.registration.builders import tiny_pdf

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def look(client: Client, number: str) -> str:
    asked = {"number": number, "phone": build.LISI.phone}
    return client.post("/12315/progress/", asked).content.decode()


def token(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found
    return found[1]


def waiting_for_consent() -> Case:
    [case] = build.filed(build.operator(build.COUNTY), Kind.COMPLAINT)
    build.to_consent(case)
    return case


@pytest.mark.parametrize(("stance", "label"), [("agree", "同意调解"), ("decline", "不同意调解")])
def test_mediation_is_answered_once_where_it_is_asked(client: Client, stance: str, label: str) -> None:
    case = waiting_for_consent()
    page = look(client, case.number)
    assert "是否同意调解" in page
    given = {"token": token(page), "stance": stance, "words": "周末有空"}
    assert "答复已收到" in client.post("/12315/progress/mediation/", given).content.decode()
    assert client.post("/12315/progress/mediation/", given).status_code == 422
    with system_scope("测试"):
        assert case.consents.get().get_stance_display() == label
    assert "是否同意调解" not in look(client, case.number)


def test_mediation_is_not_asked_before_its_step(client: Client) -> None:
    [case] = build.filed(build.operator(), Kind.COMPLAINT)
    page = look(client, case.number)
    assert "是否同意调解" not in page
    given = {"token": token(page), "stance": "agree"}
    assert client.post("/12315/progress/mediation/", given).status_code == 422


def test_an_old_page_asks_to_look_again(client: Client) -> None:
    answer = client.post("/12315/progress/mediation/", {"token": "none", "stance": "agree"})
    assert answer.status_code == 422
    assert "重新查询" in answer.content.decode()


def test_a_contact_that_is_no_filing_says_what_is_needed(client: Client) -> None:
    contact = taking.take_in(
        channel="sms", key="1", payload="卖过期牛奶", organ=build.CITY, sender=Sender("", build.LISI.phone)
    )
    page = look(client, contacts.reference(contact))
    assert "还没有登记" in page
    assert "第八条" in page
    assert "没有找到" in look(client, "L260101-00000000")


def test_the_sender_sees_which_papers_arrived_by_name_and_no_others(client: Client) -> None:
    by = build.operator(build.COUNTY)
    [case] = build.filed(by, Kind.COMPLAINT)
    with acting(by):
        evidence.add(case, data=tiny_pdf(), filename="商家的进货单.pdf", kind="evidence", actor=by)
    given = {"token": token(look(client, case.number)), "file": SimpleUploadedFile("小票.pdf", tiny_pdf())}
    assert "材料已收到" in client.post("/12315/progress/attach/", given).content.decode()
    page = look(client, case.number)
    assert "小票.pdf" in page
    assert "商家的进货单" not in page
