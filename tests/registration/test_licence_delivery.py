"""How a licence reaches its holder: fetched against a signature, posted and tracked, or as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hongdun.audit.models import Event
from hongdun.base.scope import acting, system_scope
from hongdun.cases.actions import Decision, Refused
from hongdun.parties.models import Person
from hongdun.registration.licence import delivering, printing
from hongdun.registration.licence.models import Delivery
from tests.registration import builders, sheets
from tests.registration import changes as build
from tests.registration.test_licence_printing import org_client

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


@pytest.fixture
def entity() -> Entity:
    return build.company(with_licence=True)


def ready(client: Client, entity: Entity, *, delivery: dict[str, str]) -> Case:
    """Decided and printed, not handed over yet."""
    case = sheets.apply(
        client, entity, "licence_copies", {"count": 1, "purpose": "招投标"}, delivery=delivery
    )
    build.approve(case)
    sheets.stock(duplicates=1)
    sheets.printed(case)
    return case


def receipt() -> SimpleUploadedFile:
    return SimpleUploadedFile("签收单.pdf", builders.tiny_pdf(), "application/pdf")


def test_fetched_with_identity_and_signature(entity: Entity) -> None:
    applicant, client = build.agent(), org_client("counter")
    case = ready(applicant, entity, delivery=sheets.PICKUP)
    assert "请持身份证到登记机关窗口领取" in applicant.get(f"/my/{case.number}/").content.decode()
    address = f"/desk/licences/{sheets.delivery_of(case).pk}/"
    assert "登记领取" in client.get(address).content.decode()
    assert client.get(f"{address}receipt.pdf").content.startswith(b"%PDF")
    wrong = {"deed": "collected", "collected-name": "韦小红", "collected-id_number": "450103199001010010"}
    assert client.post(address, wrong).status_code == 422
    right = wrong | {"collected-id_number": build.AGENT["id_number"], "collected-signed": receipt()}
    assert client.post(address, right).status_code == 302
    held = sheets.delivery_of(case)
    assert (held.state, held.receiver_name) == ("done", "韦小红")
    assert held.signed
    with system_scope("测试"):
        case.refresh_from_db()
        assert Person.objects.get(pk=held.receiver).id_number == build.AGENT["id_number"]
    assert case.closed
    assert client.post(address, right).status_code == 422
    assert client.get(f"/documents/{held.signed}/").status_code == 200


def test_posted_come_back_posted_again_and_arrived(entity: Entity) -> None:
    applicant, client = build.agent(), org_client("counter")
    case = ready(applicant, entity, delivery=sheets.POST)
    held = sheets.delivery_of(case)
    address = f"/desk/licences/{held.pk}/"
    assert "民族大道" not in client.get(address).content.decode()
    assert client.get(f"{address}label.pdf").content.startswith(b"%PDF")
    with system_scope("测试"):
        assert Event.objects.filter(subject=str(held.receiver), reason__contains="邮寄营业执照").exists()
    sent = {"deed": "posted", "posted-carrier": "中国邮政 EMS", "posted-tracking": "10 2345 67"}
    assert client.post(address, sent).status_code == 302
    page = applicant.get(f"/my/{case.number}/").content.decode()
    assert "已寄出" in page
    assert "10234567" in page
    back = {"deed": "came_back", "came_back-note": "收件人电话无人接听"}
    assert client.post(address, {"deed": "came_back"}).status_code == 422
    assert client.post(address, back).status_code == 302
    assert case.number in client.get("/desk/licences/?tab=returned").content.decode()
    assert "收件人电话无人接听" in applicant.get(f"/my/{case.number}/").content.decode()
    assert client.post(address, sent | {"posted-tracking": "777"}).status_code == 302
    assert case.number in client.get("/desk/licences/?tab=sent").content.decode()
    assert client.post(address, {"deed": "arrived", "arrived-note": "本人签收"}).status_code == 302
    assert sheets.delivery_of(case).state == Delivery.State.DONE


def test_posting_wants_address_and_telephone_which_stand_sealed(entity: Entity) -> None:
    client = build.agent()
    draft = build.begun(client, entity, "licence_copies")
    answer = client.post(
        f"/apply/{draft.pk}/delivery/", {"way": "post", "name": "黄志强", "phone": "", "home": ""}
    )
    assert answer.status_code == 422
    assert "请填写邮寄地址" in build.said(answer)
    build.fill(client, draft, "delivery", sheets.POST)
    with system_scope("测试"):
        draft.refresh_from_db()
    assert "民族大道" not in str(draft.data)
    assert "13800000011" not in str(draft.data)


def test_the_applicant_chooses_otherwise_until_it_is_printed(entity: Entity) -> None:
    client = build.agent()
    case = sheets.apply(client, entity, "licence_copies", {"count": 1, "purpose": "招投标"})
    address = f"/my/{case.number}/delivery/"
    assert "怎样领取营业执照" in client.get(address).content.decode()
    assert client.post(address, sheets.POST).status_code == 302
    assert sheets.delivery_of(case).way == "post"
    build.approve(case)
    assert sheets.delivery_of(case).state == "due"
    sheets.stock(duplicates=1)
    sheets.printed(case)
    assert client.post(address, sheets.PICKUP).status_code == 302
    assert sheets.delivery_of(case).way == "post"


def test_who_wants_the_file_only_needs_nobody(entity: Entity) -> None:
    client = build.agent()
    case = sheets.apply(
        client, entity, "licence_copies", {"count": 1, "purpose": "招投标"}, delivery=sheets.ELECTRONIC
    )
    build.approve(case)
    with acting(sheets.counter()) as actor:
        assert not printing.to_print(actor).exists()
    with system_scope("测试") as actor:
        printing.give_electronic(sheets.delivery_of(case).pk, actor=actor)
        printing.give_electronic(sheets.delivery_of(case).pk, actor=actor)
        case.refresh_from_db()
    assert case.closed
    assert sheets.states(entity) == {"001": "valid", "002": "valid", "003": "valid"}
    assert "营业执照（副本）" in client.get(f"/my/{case.number}/").content.decode()


def test_an_establishment_s_licence_waits_to_be_fetched_too() -> None:
    founder = builders.applicant()
    with acting(founder):
        case = builders.sent(founder)
    build.approve(case)
    held = sheets.delivery_of(case)
    assert (held.state, held.way) == ("due", "pickup")
    sheets.stock(originals=1, duplicates=1)
    sheets.printed(case)
    build.finish(case, "issue", "counter", Decision("issue", data={"delivery": "post", "receiver": "韦小红"}))
    assert sheets.delivery_of(case).state == "sent"
    with system_scope("测试"):
        case.refresh_from_db()
    assert case.closed


def test_only_the_bureau_that_gives_it_hands_it_over(entity: Entity) -> None:
    case = ready(build.agent(), entity, delivery=sheets.PICKUP)
    held = sheets.delivery_of(case)
    with acting(sheets.counter(build.XIANGSHAN)) as actor, pytest.raises(Delivery.DoesNotExist):
        delivering.posted(held, carrier="EMS", tracking="1", actor=actor)


def test_what_was_handed_over_is_not_handed_over_again(entity: Entity) -> None:
    case = ready(build.agent(), entity, delivery=sheets.PICKUP)
    held = sheets.delivery_of(case)
    with acting(sheets.counter()) as actor:
        delivering.posted(held, carrier="EMS", tracking="1", actor=actor)
        with pytest.raises(Refused, match="已寄出"):
            delivering.posted(held, carrier="EMS", tracking="2", actor=actor)
