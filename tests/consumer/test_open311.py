"""Open311 GeoReport v2 over HTTP, with the requests that the standard's own pages show."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Case
from hongdun.consumer.models import Contact
from hongdun.parties import actions as parties
from tests.parties.builders import an_applicant

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

REQUESTS = "/open311/v2/requests.json"
ASKED = {
    "jurisdiction_id": "450103", "service_code": "consultation", "description": "开早餐店要办什么手续？",
    "address_string": "民族大道 1 号", "first_name": "四", "last_name": "李", "phone": "13800001111",
    "email": "li@example.com", "lat": "22.81", "long": "108.36", "device_id": "tt222111", "account_id": "123",
}  # fmt: skip


def key(serial: int = 1, *, per_minute: int = 0) -> str:
    who = an_applicant(serial)
    with acting(who):
        made, secret = parties.make_key(name="测试", actor=who)
    with system_scope("测试") as actor:
        parties.set_quota(made, per_minute=per_minute, per_day=0, actor=actor)
    return secret


def post(secret: str, *, once: str = "", form: str = "json", **changed: Any) -> Any:
    headers = {"Idempotency-Key": once} if once else {}
    data = ASKED | {"api_key": secret} | changed
    return Client().post(f"/open311/v2/requests.{form}", data, headers=headers)


def body(answer: Any) -> Any:
    return json.loads(answer.content)


def test_services_are_listed_in_json_and_xml(client: Client) -> None:
    services = body(client.get("/open311/v2/services.json?jurisdiction_id=450103"))
    assert [each["service_code"] for each in services] == [
        "complaint",
        "report",
        "consultation",
        "suggestion",
    ]
    assert {"service_name", "description", "metadata", "type", "keywords", "group"} <= set(services[0])
    answer = client.get("/open311/v2/services.xml")
    assert answer.headers["Content-Type"].startswith("text/xml")
    top = ET.fromstring(answer.content)
    assert (top.tag, top[0].tag, top[0].findtext("metadata")) == ("services", "service", "true")


def test_a_service_says_what_it_needs(client: Client) -> None:
    found = body(client.get("/open311/v2/services/complaint.json"))
    assert [each["code"] for each in found["attributes"] if each["required"]] == ["merchant"]
    xml = ET.fromstring(client.get("/open311/v2/services/complaint.xml").content)
    assert xml.findtext("attributes/attribute/code") == "merchant"
    assert client.get("/open311/v2/services/none.json").status_code == 404
    assert client.get("/open311/v2/services.csv").status_code == 404


def test_a_question_is_filed_and_followed() -> None:
    secret = key()
    [made] = body(post(secret))
    with system_scope("测试"):
        case = Case.objects.get()
    assert case.number in made["service_notice"]
    [seen] = body(Client().get(f"/open311/v2/requests/{made['service_request_id']}.json?api_key={secret}"))
    assert (seen["status"], seen["service_name"], seen["lat"]) == ("open", "咨询", "22.81")
    assert case.number in seen["status_notes"]
    assert "phone" not in seen


def test_a_complaint_is_kept_and_its_sender_gets_a_link() -> None:
    [made] = body(post(key(), service_code="complaint", **{"attribute[merchant]": "红豆商贸"}))
    assert "/12315/continue/" in made["service_notice"]
    with system_scope("测试"):
        assert not Case.objects.exists()
        assert Contact.objects.get().channel == "open311"


def test_the_same_key_is_the_same_request_and_other_words_under_it_are_refused() -> None:
    secret = key()
    first, second = (body(post(secret, once="abc"))[0]["service_request_id"] for _ in range(2))
    assert first == second
    assert post(secret, once="abc", description="别的").status_code == 409
    with system_scope("测试"):
        assert Case.objects.count() == 1


def test_nobody_sees_the_requests_of_another_key() -> None:
    mine, other = key(), key(2)
    [made] = body(post(mine))
    assert body(Client().get(f"{REQUESTS}?api_key={other}")) == []
    wanted = f"/open311/v2/requests/{made['service_request_id']}.json?api_key={other}"
    assert Client().get(wanted).status_code == 404
    assert len(body(Client().get(f"{REQUESTS}?api_key={mine}"))) == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("service_code=consultation", 1),
        ("service_code=report", 0),
        ("status=open", 1),
        ("status=closed", 0),
        ("start_date=2000-01-01T00:00:00Z", 1),
        ("end_date=2000-01-01T00:00:00Z", 0),
    ],
)
def test_requests_are_narrowed_down(query: str, count: int) -> None:
    secret = key()
    post(secret)
    assert len(body(Client().get(f"{REQUESTS}?api_key={secret}&{query}"))) == count


@pytest.mark.parametrize(
    ("changed", "status", "words"),
    [
        ({"api_key": ""}, 403, "api_key"),
        ({"api_key": "none"}, 403, "无效"),
        ({"service_code": "pothole"}, 400, "service_code"),
        ({"service_code": ""}, 400, "service_code"),
        ({"description": ""}, 400, "description"),
        ({"jurisdiction_id": "city.gov"}, 400, "450103"),
        ({"attribute[amount]": "-1"}, 400, "amount"),
    ],
)
def test_errors_are_the_standards_and_say_how_to_mend_it(
    changed: dict[str, str], status: int, words: str
) -> None:
    answer = post(key(), **changed)
    assert answer.status_code == status
    [error] = body(answer)
    assert error["code"] == status
    assert words in error["description"]


def test_errors_in_xml() -> None:
    answer = post("none", form="xml")
    assert ET.fromstring(answer.content).findtext("error/code") == "403"


def test_what_is_wrong_with_a_request_does_not_lose_it() -> None:
    assert post(key(), description="").status_code == 400
    with system_scope("测试"):
        assert Contact.objects.count() == 1


def test_a_key_beyond_its_quota_waits() -> None:
    secret = key(per_minute=1)
    assert [post(secret).status_code for _ in range(2)] == [200, 429]


def test_what_cannot_stand_in_xml_is_left_out() -> None:
    secret = key()
    post(secret, description="铃声\x07吵")
    top = ET.fromstring(Client().get(f"/open311/v2/requests.xml?api_key={secret}").content)
    assert top.findtext("request/description") == "铃声吵"


def test_without_a_key_there_is_nothing_to_see(client: Client) -> None:
    post(key())
    assert body(client.get(REQUESTS)) == []
    assert client.get(f"{REQUESTS}?api_key=none").status_code == 403
