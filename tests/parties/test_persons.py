from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.audit.models import Event
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.parties import actions
from hongdun.parties.models import Involvement, Person
from tests.org import builders as org
from tests.parties.builders import an_applicant, id_number, phone

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

pytestmark = pytest.mark.django_db


def a_shareholder(organ: int) -> tuple[UUID, UUID]:
    """A person stated by an applicant and involved in a case of this organ; (person, case)."""
    applicant, case = an_applicant(), uuid7()
    with acting(applicant):
        person = actions.remember_person(
            name="陈思远", id_number=id_number(7), phone=phone(7), address="南宁市民族大道 100 号"
        )
        actions.involve(person.id, case_id=case, organ=organ, role="shareholder", actor=applicant)
        actions.involve(person.id, case_id=case, organ=organ, role="shareholder", actor=applicant)
    return person.id, case


@pytest.mark.parametrize(
    ("organ", "sees"),
    [
        (org.QINGXIU, True),
        (org.NANNING, True),
        (org.REGION, True),
        (org.XINGNING, False),
        (org.NANHU_STATION, False),
        (org.LIUZHOU, False),
    ],
)
def test_persons_are_seen_by_those_who_handle_their_case(organ: int, *, sees: bool) -> None:
    person, _ = a_shareholder(org.QINGXIU)
    with acting(org.an_actor(organ=organ)):
        assert Person.objects.filter(id=person).exists() is sees
        assert Involvement.objects.exists() is sees


def test_a_number_is_shown_for_a_reason_that_is_logged(client: Client) -> None:
    person, _ = a_shareholder(org.QINGXIU)
    org.a_post(org.an_officer("qx.a"))
    org.sign_in(client, "qx.a")
    address = f"/desk/person/{person}/"
    page = client.get(address).content.decode()
    assert id_number(7) not in page
    assert "199****0007" in page
    assert id_number(7) not in client.post(address, {"field": "id_number", "reason": " "}).content.decode()
    page = client.post(address, {"field": "id_number", "reason": "核对股东身份"}).content.decode()
    assert id_number(7) in page
    assert phone(7) not in page
    with system_scope("测试"):
        event = Event.objects.get(verb="personal.read")
        assert (event.reason, event.data, event.subject) == (
            "核对股东身份",
            {"fields": ["id_number"]},
            str(person),
        )


def test_strangers_and_other_bureaus_find_no_one(client: Client) -> None:
    person, _ = a_shareholder(org.QINGXIU)
    assert client.get(f"/desk/person/{person}/").status_code == 302
    org.a_post(org.an_officer("lz.a", organ=org.LIUZHOU_CHENGZHONG))
    org.sign_in(client, "lz.a")
    assert client.get(f"/desk/person/{person}/").status_code == 404
