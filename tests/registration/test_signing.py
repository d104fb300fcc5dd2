"""Several people sign one application, each by a link on their own telephone (细则 art. 15, 16)."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfWriter

from hongdun.base import clock, sms
from hongdun.base.scope import acting, system_scope
from hongdun.documents.models import Document
from hongdun.registration.actions import drafts
from hongdun.registration.models import Draft, Signature
from hongdun.registration.signing import actions, letters, links
from tests.registration import builders, changes
from tests.registration.test_applicant_pages import HEAD, OTHER, TOPICS, begun, rows

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
THIRD = {"name": "陆建国", "id_number": changes.number(37), "phone": "13800000037"}
PEOPLE = {"黄志强": HEAD, "韦丽华": OTHER | {"phone": "13800000029"}, "陆建国": THIRD}


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr(sms, "send", lambda number, text: sent.append((number, text)))
    return sent


def other_pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=300, height=200)
    writer.write(out)
    return out.getvalue()


def three_founders() -> tuple[Client, Draft]:
    """An establishment filled in up to sending; three shareholders, one of them stands for the company."""
    client = changes.agent()
    where = begun(client)
    holders = rows(
        "holder",
        *(
            {"kind": "natural", **person, "amount": amount, "deadline": "2030-01-01", "form": "货币"}
            for person, amount in zip(PEOPLE.values(), ("20", "20", "10"), strict=True)
        ),
    )
    for topic, typed in (TOPICS | {"shareholders": {"capital": "50"} | holders}).items():
        answer = client.post(f"{where}{topic}/", typed)
        assert answer.status_code == 302, changes.said(answer)
    files = changes.files("applicant_identity", "domicile", "charter", "appointments")
    assert client.post(f"{where}documents/", files).status_code == 302
    with system_scope("测试"):
        return client, Draft.objects.latest("started")


def invited(client: Client, draft: Draft) -> dict[str, Signature]:
    assert client.post(f"/apply/{draft.pk}/signatures/").status_code == 302
    with system_scope("测试"):
        return {s.name: s for s in draft.signatures.filter(state=Signature.State.WAITING)}


def prove(phone: Client, signature: Signature, **typed: str) -> Any:
    """Name and figures, then the code that went to the telephone."""
    who = PEOPLE[signature.name]
    where = f"/sign/{links.token(signature)}/"
    digits = typed.get("digits", who["id_number"][-6:])
    answer = phone.post(where, {"step": "who", "name": typed.get("name", signature.name), "digits": digits})
    if answer.status_code != 200:
        return answer
    with system_scope("测试"):
        signature.refresh_from_db()
    return phone.post(where, {"step": "code", "code": typed.get("code", links.code(signature))})


def signed(signature: Signature) -> Any:
    phone = Client()
    assert prove(phone, signature).status_code == 302
    return phone.post(f"/sign/{links.token(signature)}/", {"step": "sign"}, follow=True)


def test_three_shareholders_sign_each_on_their_own_and_then_it_is_sent() -> None:
    client, draft = three_founders()
    asked = invited(client, draft)
    assert set(asked) == set(PEOPLE)
    for place, (name, signature) in enumerate(asked.items(), 1):
        assert "还没有签署" in changes.said(client.post(f"/apply/{draft.pk}/check/"))
        assert "您已签署" in changes.said(signed(signature)), name
        page = changes.said(client.get(f"/apply/{draft.pk}/check/"))
        assert page.count("已签署 已于") == place
    case = changes.send(client, draft)
    assert {each["name"] for each in case.data["signatures"]} == set(PEOPLE)
    assert len({each["hash"] for each in case.data["signatures"]}) == 1
    with system_scope("测试"):
        assert Document.objects.filter(case_id=case.pk, kind="signature_page").count() == 1


def test_links_and_codes_go_to_each_telephone(texts: list[tuple[str, str]]) -> None:
    client, draft = three_founders()
    asked = invited(client, draft)
    for signature in asked.values():
        letters.send_link(signature.pk)
    assert {number for number, _ in texts} == {each["phone"] for each in PEOPLE.values()}
    where = links.address(asked["陆建国"])
    assert where in texts[-1][1] or any(where in text for _, text in texts)
    prove(Client(), asked["黄志强"], code="000000")
    letters.send_code(asked["黄志强"].pk)
    assert links.code(asked["黄志强"]) in texts[-1][1]


def test_what_is_shown_is_what_is_signed_and_only_after_the_code() -> None:
    client, draft = three_founders()
    signature = invited(client, draft)["韦丽华"]
    phone = Client()
    where = f"/sign/{links.token(signature)}/"
    assert "民族大道" not in changes.said(phone.get(where))
    with acting(changes.actor_of(draft)):
        paper = Document.objects.get(pk=draft.data["documents"]["charter"][0]["id"])
    assert phone.get(f"{where}{paper.pk}/").status_code == 404
    assert prove(phone, signature, code="000000").status_code == 422
    assert prove(phone, signature).status_code == 302
    page = changes.said(phone.get(where))
    assert "民族大道" in page
    assert signature.hash in page
    assert phone.get(f"{where}{paper.pk}/").content == builders.tiny_pdf()


@pytest.mark.parametrize(
    ("topic", "typed"), [("scope", {"scope": "软件开发；数据处理服务", "term": "long"}), ("documents", {})]
)
def test_any_change_voids_what_was_signed_and_the_old_link_signs_nothing(
    topic: str, typed: dict[str, Any]
) -> None:
    client, draft = three_founders()
    asked = invited(client, draft)
    signed(asked["黄志强"])
    phone = Client()
    prove(phone, asked["陆建国"])
    if topic == "documents":
        typed = {"charter": SimpleUploadedFile("章程（改）.pdf", other_pdf(), "application/pdf")}
    assert client.post(f"/apply/{draft.pk}/{topic}/", typed).status_code == 302
    answer = phone.post(f"/sign/{links.token(asked['陆建国'])}/", {"step": "sign"})
    assert answer.status_code == 409
    assert "修改了申请" in changes.said(answer)
    fresh = invited(client, draft)
    assert set(fresh) == set(PEOPLE)
    assert "链接已停用" in changes.said(Client().get(f"/sign/{links.token(asked['韦丽华'])}/"))
    with system_scope("测试"):
        assert not draft.signatures.filter(state=Signature.State.SIGNED).exists()


def test_who_declines_says_why_and_is_asked_again_only_anew(texts: list[tuple[str, str]]) -> None:
    client, draft = three_founders()
    signature = invited(client, draft)["韦丽华"]
    phone, where = Client(), f"/sign/{links.token(signature)}/"
    prove(phone, signature)
    assert phone.post(where, {"step": "decline", "reason": ""}).status_code == 422
    assert "您没有签署" in changes.said(
        phone.post(where, {"step": "decline", "reason": "出资额不对"}, follow=True)
    )
    assert "拒绝签署：出资额不对" in changes.said(client.get(f"/apply/{draft.pk}/check/"))
    letters.tell_applicant(signature.pk)
    assert texts[-1][0] == changes.AGENT["phone"]
    assert invited(client, draft)["韦丽华"].pk != signature.pk


def test_pressing_twice_changes_nothing() -> None:
    client, draft = three_founders()
    asked = invited(client, draft)
    assert {s.pk for s in invited(client, draft).values()} == {s.pk for s in asked.values()}
    signed(asked["黄志强"])
    with system_scope("测试"):
        first = Signature.objects.get(pk=asked["黄志强"].pk).decided
        assert actions.sign(asked["黄志强"].pk).decided == first


def test_a_link_ends_after_seven_days_and_after_five_wrong_tries() -> None:
    client, draft = three_founders()
    asked = invited(client, draft)
    later = clock.now() + links.LASTS + timedelta(seconds=1)
    with mock.patch("hongdun.base.clock.now", return_value=later):
        assert "链接已过期" in changes.said(prove(Client(), asked["黄志强"]))
    for _ in range(actions.MOST_TRIES):
        assert "不一致" in changes.said(prove(Client(), asked["陆建国"], digits="000000"))
    assert "链接已停用" in changes.said(prove(Client(), asked["陆建国"]))
    with system_scope("测试"):
        assert not Signature.objects.get(pk=asked["陆建国"].pk).identified_by


@pytest.mark.parametrize("typed", [{"name": "张三"}, {"digits": "123456"}])
def test_a_stranger_with_the_link_gets_no_code(typed: dict[str, str]) -> None:
    client, draft = three_founders()
    signature = invited(client, draft)["陆建国"]
    assert prove(Client(), signature, **typed).status_code == 422
    with system_scope("测试"):
        assert Signature.objects.get(pk=signature.pk).code_until is None


def test_a_link_that_isnt_ours_leads_nowhere() -> None:
    assert Client().get("/sign/0190b0c0aaaa7bbb8ccc000000000000~forged/").status_code == 404


def test_an_establishment_signed_on_paper_is_sent_as_before() -> None:
    client, draft = three_founders()
    assert "可以直接提交" in changes.said(client.get(f"/apply/{draft.pk}/check/"))
    case = changes.send(client, draft)
    assert case.data["signatures"] == []


def test_saving_a_page_unchanged_keeps_the_signatures() -> None:
    client, draft = three_founders()
    asked = invited(client, draft)
    signed(asked["黄志强"])
    with system_scope("测试"):
        draft.refresh_from_db()
        drafts.save_topic(draft, "scope", draft.data["scope"])
        assert Signature.objects.get(pk=asked["黄志强"].pk).state == Signature.State.SIGNED
    assert "已签署 已于" in changes.said(client.get(f"/apply/{draft.pk}/check/"))
