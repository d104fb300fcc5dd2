"""A founder at the keyboard: every topic through HTTP, mistakes included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.lib import residents
from hongdun.parties.models import Person
from hongdun.registration import queries
from hongdun.registration.models import Draft
from tests.registration import builders as build

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


PASSWORD = {"password": "yongjiang-2026-shui", "again": "yongjiang-2026-shui"}


def number(serial: int) -> str:
    body = f"45010319900101{serial:03d}"
    return body + residents.check_character(body)


@pytest.fixture
def founder() -> Client:
    client = Client()
    answer = client.post(
        "/account/register/",
        {"name": "韦小红", "id_number": number(2), "phone": "13800000002", **PASSWORD},
    )
    assert answer.status_code == 302, answer.content.decode()
    return client


def begun(client: Client) -> str:
    answer = client.post("/apply/new/company_establishment/")
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.mark.parametrize("procedure", ["company_establishment", "individual_establishment", "change"])
def test_what_is_to_be_filled_in_is_said_before_it_is_begun(founder: Client, procedure: str) -> None:
    page = founder.get(f"/apply/new/{procedure}/")
    labels = [str(topic.label) for topic in queries.topics(procedure).values()]
    assert labels
    assert all(f"<li>{label}</li>" in page.content.decode() for label in labels)


def rows(prefix: str, *entries: dict[str, Any]) -> dict[str, Any]:
    data = {f"{prefix}-TOTAL_FORMS": len(entries), f"{prefix}-INITIAL_FORMS": 0}
    for n, entry in enumerate(entries):
        data |= {f"{prefix}-{n}-{key}": value for key, value in entry.items()}
    return data


HEAD = {"name": "黄志强", "id_number": number(11), "phone": "13800000011"}
OTHER = {"name": "韦丽华", "id_number": number(29)}
TOPICS: dict[str, dict[str, Any]] = {
    "name": {"name": "广西鑫源数字科技有限公司", "type": "1130"},
    "domicile": {"organ": build.QINGXIU, "address": "南宁市青秀区民族大道 100 号 1201 室", "right": "rented"},
    "station": {"station": ""},
    "scope": {"scope": "软件开发；信息技术咨询服务", "term": "long"},
    "shareholders": {"capital": "50"}
    | rows(
        "holder",
        {"kind": "natural", **HEAD, "amount": "30", "deadline": "2030-01-01", "form": "货币"},
        {"kind": "natural", **OTHER, "amount": "20", "deadline": "2030-01-01", "form": "货币"},
    ),
    "members": rows(
        "member",
        {"role": "legal_representative", **HEAD},
        {"role": "executive_director", "name": "黄志强"},
        {"role": "supervisor", **OTHER},
        {"role": "liaison", "name": "黄志强"},
    ),
}
PAPERS = ("applicant_identity", "domicile", "charter", "appointments")


def uploads() -> dict[str, SimpleUploadedFile]:
    return {kind: SimpleUploadedFile(f"{kind}.pdf", build.tiny_pdf(), "application/pdf") for kind in PAPERS}


def fill(client: Client, draft: str, *, without: str = "") -> None:
    for code, data in {**TOPICS, "documents": uploads()}.items():
        if code != without:
            answer = client.post(f"{draft}{code}/", data)
            assert answer.status_code == 302, f"{code}: {shown_errors(answer)}"


def shown_errors(answer: HttpResponse) -> str:
    return (
        " ".join(re.findall(r'<a href="#id_[^>]*>([^<]*)', answer.content.decode()))
        or answer.content.decode()[:1500]
    )


def test_a_complete_application_becomes_one_case(founder: Client) -> None:
    draft = begun(founder)
    fill(founder, draft)
    first = founder.post(f"{draft}check/")
    second = founder.post(f"{draft}check/")
    assert first.status_code == second.status_code == 302, shown_errors(first)
    assert first.headers["Location"] == second.headers["Location"]
    with system_scope("测试"):
        case = Case.objects.get(title="广西鑫源数字科技有限公司")
        assert case.organ == build.QINGXIU
        assert "number" not in str(case.data).lower()
        assert number(11) not in str(case.data)
        assert Person.objects.get(pk=case.data["members"][0]["person"]).id_number == number(11)
    assert case.number in founder.get(first.headers["Location"]).content.decode()
    assert "接收申请材料凭证" in founder.get(f"/my/{case.number}/").content.decode()


def test_an_incomplete_application_says_what_is_missing(founder: Client) -> None:
    draft = begun(founder)
    fill(founder, draft, without="scope")
    answer = founder.post(f"{draft}check/")
    assert answer.status_code == 409
    assert "“经营范围和期限”还没有填写" in answer.content.decode()


@pytest.mark.parametrize(
    ("topic", "wrong", "words"),
    [
        ("name", {"name": "广西鑫源数字科技"}, "以“有限公司”或“有限责任公司”结尾"),
        ("name", {"name": "广西\U00031354源科技有限公司"}, "U+31354"),
        ("domicile", {"organ": ""}, "登记机关"),
        ("shareholders", {"capital": "60"}, "与注册资本 60 万元不一致"),
        ("shareholders", {"holder-0-deadline": "2039-01-01"}, "五年内缴足"),
        ("shareholders", {"holder-0-id_number": "450103199001010019"}, "校验位"),
        ("members", {"member-0-name": "陌生人", "member-0-id_number": number(31)}, "董事或者经理"),
        ("members", {"member-2-name": "黄志强", "member-2-id_number": ""}, "不得兼任监事"),
    ],
)
def test_mistakes_are_named_and_what_was_typed_stays(
    founder: Client, topic: str, wrong: dict[str, str], words: str
) -> None:
    draft = begun(founder)
    answer = founder.post(f"{draft}{topic}/", TOPICS[topic] | wrong)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert words in text, shown_errors(answer)
    typed = [v for v in wrong.values() if v and v not in number(31)]
    assert all(str(value) in text for value in typed)


def test_rows_are_added_without_script_and_nothing_typed_is_lost(founder: Client) -> None:
    draft = begun(founder)
    answer = founder.post(f"{draft}shareholders/", TOPICS["shareholders"] | {"holder-add": "1"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="holder-2-name"' in text
    assert "韦丽华" in text


def test_another_person_sees_nothing_of_a_draft(founder: Client) -> None:
    draft = begun(founder)
    fill(founder, draft, without="documents")
    stranger = Client()
    stranger.post(
        "/account/register/",
        {"name": "陆生", "id_number": number(44), "phone": "13800000044", **PASSWORD},
    )
    assert stranger.get(draft).status_code == 404
    assert stranger.post(f"{draft}check/").status_code == 404
    with system_scope("测试"):
        assert Draft.objects.count() == 1


@pytest.mark.parametrize("forged", ["01a202b0-8e0b-711b-9a73-eb574e53227b", "not-an-id"])
def test_a_forged_person_is_nobody_and_the_number_is_asked_for(founder: Client, forged: str) -> None:
    draft = begun(founder)
    data = TOPICS["members"] | {
        "member-2-person": forged,
        "member-2-masked": "4501",
        "member-2-id_number": "",
    }
    answer = founder.post(f"{draft}members/", data)
    assert answer.status_code == 422
    assert "请填写身份证号码" in answer.content.decode()


def test_the_hall_shows_every_filing_once_under_a_heading() -> None:
    groups = queries.services()
    shown = [code for _, filings in groups for code, _, _ in filings]
    assert sorted(shown) == sorted(queries.ABOUT)
    assert all(filings for _, filings in groups)
