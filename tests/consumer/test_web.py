"""The citizen's form over HTTP: page by page, kept, sent once, and standing as the law gives it to its channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.consumer.actions import Sender, taking
from hongdun.consumer.forms.drafts import Draft
from hongdun.consumer.forms.web import Whom
from hongdun.consumer.models import Contact, Matter, Reporter
from hongdun.consumer.queries import contacts
from hongdun.documents.models import Document
from tests.documents.builders import jpeg
from tests.register.builders import founded

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

PHONE = "13800001111"
PAGES: dict[str, dict[str, Any]] = {
    "kinds": {"kinds": ["complaint"]},
    "who": {"sender_name": "李四", "sender_phone": PHONE, "sender_address": "南宁市青秀区东葛路 9 号"},
    "whom": {"merchant": "红豆商贸", "sale_division": "450103"},
    "what": {"text": "买的空调不制冷，不给退款。", "amount": "2,999", "bought": "2026年6月1日"},
    "wants": {"claims": ["refund"]},
}


@pytest.fixture
def entrance(settings: Any) -> None:
    settings.CONSUMER_WEB_CHANNEL = "platform_12315"


def fill(client: Client, **changed: dict[str, Any]) -> None:
    client.post("/12315/new/", {"anew": "1"})
    for code, data in (PAGES | changed).items():
        answer = client.post(f"/12315/new/{code}/", data)
        assert answer.status_code == 302, answer.content.decode()


def sent(client: Client) -> str:
    assert client.post("/12315/new/check/").headers["Location"] == "/12315/new/done/"
    return client.get("/12315/new/done/").content.decode()


def all_contacts() -> list[Contact]:
    with system_scope("测试"):
        return list(Contact.objects.all())


def all_cases() -> list[Case]:
    with system_scope("测试"):
        return list(Case.objects.order_by("opened"))


@pytest.mark.usefixtures("entrance")
def test_from_the_entrance_of_the_national_platform_it_is_a_complaint_at_once(client: Client) -> None:
    fill(client)
    [case] = (sent(client), all_cases())[1]
    assert case.procedure_code == "consumer.complaint"
    assert case.organ == 450_100_000
    assert case.number in client.get("/12315/new/done/").content.decode()
    with system_scope("测试"):
        matter = Matter.objects.get(pk=case.pk)
    assert (str(matter.amount), matter.claims) == ("2999.00", ["refund"])
    assert matter.may_publish
    assert not matter.may_entrust
    seen = client.post("/12315/progress/", {"number": case.number, "phone": PHONE}).content.decode()
    assert "正在分送" in seen


def test_of_itself_this_site_is_no_channel_and_says_how_to_make_it_one(client: Client) -> None:
    fill(client)
    page = sent(client)
    [contact] = all_contacts()
    assert all_cases() == []
    assert "还差一步" in page
    assert contacts.reference(contact) in page
    assert "第八条" in page


def test_a_question_may_be_asked_in_any_way(client: Client) -> None:
    client.post("/12315/new/", {"anew": "1"})
    client.post("/12315/new/kinds/", {"kinds": ["consultation"]})
    client.post("/12315/new/who/", {"sender_name": "李四", "sender_phone": PHONE})
    client.post("/12315/new/what/", {"text": "开早餐店要办什么手续？"})
    sent(client)
    assert [case.procedure_code for case in all_cases()] == ["consumer.consultation"]


@pytest.mark.usefixtures("entrance")
def test_sent_twice_it_is_one_number(client: Client) -> None:
    fill(client)
    first = sent(client)
    assert client.post("/12315/new/check/").headers["Location"] == "/12315/new/done/"
    assert len(all_contacts()) == len(all_cases()) == 1
    assert client.get("/12315/new/done/").content.decode() == first


@pytest.mark.usefixtures("entrance")
def test_refund_and_it_is_fake_is_said_to_become_two_files(client: Client) -> None:
    both = {"kinds": ["complaint", "report"]}
    what = PAGES["what"] | {"report_text": "仓库里还有同批假货。"}
    fill(client, kinds=both, what=what, who=PAGES["who"] | {"anonymous": "on"})
    assert "分成两件" in client.get("/12315/new/check/").content.decode()
    page = sent(client)
    complaint, report = all_cases()
    assert complaint.number in page
    assert report.number in page
    assert report.data["text"] == "仓库里还有同批假货。"
    assert "仓库" not in str(complaint.data)
    with system_scope("测试"):
        assert Reporter.objects.get(pk=report.pk).is_anonymous


@pytest.mark.usefixtures("entrance")
def test_evidence_lies_on_each_file_by_itself(client: Client) -> None:
    fill(client, kinds={"kinds": ["complaint", "report"]}, what=PAGES["what"] | {"report_text": "还有假货"})
    client.post("/12315/new/evidence/", {"evidence": [upload("小票.jpg"), upload("聊天.jpg")]})
    assert "小票.jpg" in client.get("/12315/new/check/").content.decode()
    sent(client)
    with system_scope("测试"):
        counts = [Document.objects.filter(case_id=case.id).count() for case in all_cases()]
    assert counts == [2, 2]


def test_evidence_is_taken_back_and_pressing_twice_does_no_harm(client: Client) -> None:
    client.post("/12315/new/kinds/", PAGES["kinds"])
    client.post("/12315/new/evidence/", {"evidence": [upload("小票.jpg")], "more": "1"})
    with system_scope("测试"):
        found = Document.objects.get()
    for _ in range(2):
        assert client.post("/12315/new/evidence/", {"remove": str(found.pk)}).status_code == 302
    with system_scope("测试"):
        assert not Document.objects.exists()


def test_files_of_a_form_that_was_never_sent_are_forgotten_and_those_of_a_waiting_one_are_kept(
    client: Client,
) -> None:
    fill(client)
    client.post("/12315/new/evidence/", {"evidence": [upload("小票.jpg")]})
    sent(client)
    client.post("/12315/new/", {"anew": "1"})
    client.post("/12315/new/kinds/", PAGES["kinds"])
    client.post("/12315/new/evidence/", {"evidence": [upload("聊天.jpg")]})
    assert taking.forget_abandoned(before=clock.now()) == 1
    with system_scope("测试"):
        assert Document.objects.get().filename == "小票.jpg"


def test_a_file_that_is_none_is_named_with_how_to_mend_it(client: Client) -> None:
    client.post("/12315/new/kinds/", PAGES["kinds"])
    bad = SimpleUploadedFile("说明.docx", b"PK\x03\x04...")
    answer = client.post("/12315/new/evidence/", {"evidence": [bad]})
    assert answer.status_code == 422
    assert "说明.docx：这是Word" in answer.content.decode()


def upload(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg())


def test_what_was_typed_is_kept_sealed_and_found_again(client: Client) -> None:
    client.post("/12315/new/kinds/", PAGES["kinds"])
    client.post("/12315/new/who/", PAGES["who"])
    assert PHONE in client.get("/12315/new/who/").content.decode()
    assert PHONE not in str(dict(client.session.items()))
    assert "接着填写" in client.get("/12315/").content.decode()


@pytest.mark.parametrize(
    ("code", "data", "words"),
    [
        ("kinds", {}, "请回答“您要办什么"),
        ("who", {"sender_name": "李四", "sender_phone": "12"}, "号码应为 11 位手机号"),
        ("whom", {"merchant": "", "sale_division": "450103"}, "请填写商家名称"),
        ("what", {"text": "", "amount": "-1"}, "请填写事情经过"),
        ("wants", {}, "请回答“您要求商家怎么做？”"),
    ],
)
def test_what_is_wrong_is_said_in_words(client: Client, code: str, data: dict[str, str], words: str) -> None:
    client.post("/12315/new/kinds/", PAGES["kinds"])
    answer = client.post(f"/12315/new/{code}/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_report_needs_a_name_or_the_wish_for_none(client: Client) -> None:
    client.post("/12315/new/kinds/", {"kinds": ["report"]})
    assert "举报不署名" in client.post("/12315/new/who/", {}).content.decode()
    assert client.post("/12315/new/who/", {"anonymous": "on"}).status_code == 302


def test_the_entity_counts_as_long_as_its_name_stands_beside_it(client: Client) -> None:
    shop = founded()
    client.post("/12315/new/kinds/", PAGES["kinds"])
    for name, is_there in ((shop.name, True), ("别的店", False)):
        client.post("/12315/new/whom/", {"merchant": name, "entity": shop.uscc, "sale_division": "450103"})
        form = Draft(client.session).form(Whom)
        assert form.is_valid()
        assert bool(form.cleaned_data["entity"]) == is_there


def test_a_link_brings_what_was_written_into_the_form(client: Client) -> None:
    contact = taking.take_in(
        channel="sms", key="1", payload="凤岭店卖过期牛奶", organ=450_100_000, sender=Sender("", PHONE)
    )
    client.get(taking.link(contact).removeprefix("http://127.0.0.1:8000"), follow=True)
    client.post("/12315/new/kinds/", PAGES["kinds"])
    assert "凤岭店卖过期牛奶" in client.get("/12315/new/what/").content.decode()
    assert PHONE in client.get("/12315/new/who/").content.decode()


def test_a_link_that_was_cut_says_so(client: Client) -> None:
    answer = client.get("/12315/continue/none/")
    assert answer.status_code == 404
    assert "链接不完整" in answer.content.decode()


def test_a_bookmark_of_the_form_leads_to_its_beginning(client: Client) -> None:
    assert client.get("/12315/new/").headers["Location"] == "/12315/"
