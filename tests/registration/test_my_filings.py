"""What an applicant sees of their own: hundreds of filings in pages, and the entity they came from already filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.registration.models import Draft
from tests.register import builders as registered
from tests.registration import changes as build

if TYPE_CHECKING:
    from django.test import Client as Browser

    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
MANY = 45


def titles(client: Browser, address: str = "/my/") -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r"<h3.*?<a[^>]*>(.*?)</a>", page, re.DOTALL)


def with_filings(client: Browser, count: int) -> None:
    """Copies of one filing, as an agent has them."""
    client.post("/apply/new/change/")
    with system_scope("测试"):
        draft = Draft.objects.get()
        Case.objects.bulk_create(
            Case(
                number=f"青市监登受字〔2026〕{n}号", organ=build.QINGXIU, person=draft.person, procedure_code="change",
                procedure_version=1, title=f"第{n:03}号公司", submission=uuid7(), data={}, received=clock.today(),
            )
            for n in range(count)
        )  # fmt: skip


def test_hundreds_of_filings_come_in_pages_and_are_found_by_words_or_number() -> None:
    client = build.agent()
    with_filings(client, MANY)
    seen, address = titles(client)[1:], "/my/"  # the draft stands first
    while following := re.search(
        r'href="(\?after=[^"]+)"\s+rel="next"', client.get(address).content.decode()
    ):
        address = f"/my/{following[1]}"
        seen += titles(client, address)
    assert sorted(seen) == [f"第{n:03}号公司" for n in range(MANY)]
    assert titles(client, "/my/?q=第007") == ["第007号公司"]
    assert titles(client, "/my/?q=〕12号") == ["第012号公司"]
    assert "没有找到“桂林”" in client.get("/my/?q=桂林").content.decode()


def test_older_drafts_are_a_list_of_their_own() -> None:
    client = build.agent()
    for _ in range(6):
        client.post("/apply/new/change/")
    page = client.get("/my/").content.decode()
    assert "还有 1 份更早的草稿" in page
    assert len(titles(client, "/my/?list=drafts")) == 6


def test_who_comes_from_an_entity_s_page_finds_it_filled_in() -> None:
    entity, client = build.company(), build.agent()
    draft = client.post(f"/apply/new/change/?uscc={entity.uscc}").headers["Location"]
    assert entity.name in client.get(draft).content.decode()
    with system_scope("测试"):
        found = Draft.objects.get()
    assert (found.data["entity"]["uscc"], found.typed) == (entity.uscc, {})


def test_an_entity_that_cannot_file_is_kept_as_typed_and_told_when_saved() -> None:
    client = build.agent()
    draft = client.post("/apply/new/change/?uscc=91450103MA5PX1234X").headers["Location"]
    assert "91450103MA5PX1234X" in client.get(f"{draft}entity/").content.decode()
    assert client.post(f"{draft}entity/", {"uscc": "91450103MA5PX1234X"}).status_code == 422


def owner_by_name(entity: Entity) -> Browser:
    """The register has no numbers of an entity that was loaded: its representative is known by name."""
    client = Client()
    assert client.post("/account/register/", {**build.AGENT, "name": entity.representative, **build.PASSWORD})
    return client


def test_whoever_may_file_for_an_entity_sees_what_can_be_filed() -> None:
    entity = registered.founded(people=(), shares=())
    address = f"/entity/{entity.uscc}/filings/"
    assert owner_by_name(entity).get(address).status_code == 200


def test_a_stranger_does_not() -> None:
    entity = registered.founded(people=(), shares=())
    assert build.agent().get(f"/entity/{entity.uscc}/filings/").status_code == 403


def test_the_station_s_page_says_what_comes_first() -> None:
    client = build.agent()
    draft = client.post("/apply/new/company_establishment/").headers["Location"]
    assert "请先填写住所那一项" in build.said(client.get(f"{draft}station/"))


def test_capital_and_shares_are_filled_in_as_plain_figures() -> None:
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("capital", "shareholders"))
    address = f"/apply/{draft.pk}/shareholders/"
    page = client.get(address).content.decode()
    assert re.findall(r'name="(?:capital|holder-.-amount)" value="([^"]*)"', page) == ["50", "30", "20"]
    build.fill(client, draft, "shareholders", build.holders(("黄志强", "40"), ("韦丽华", "20"), capital="60"))
    assert "黄志强（登记簿已有）" in build.said(client.get(f"/apply/{draft.pk}/check/"))


def test_what_was_filed_can_be_read_again_afterwards() -> None:
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity, "recording")
    build.fill(client, draft, "items", build.chosen("liaison"))
    row = {"role": "liaison", **build.FRESH}
    rows = {"member-TOTAL_FORMS": 1, "member-INITIAL_FORMS": 0} | {f"member-0-{k}": v for k, v in row.items()}
    build.fill(client, draft, "liaison", rows)
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", {})
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    case = build.send(client, draft)
    page = build.said(client.get(f"/my/{case.number}/"))
    assert "您申请的内容" in page
    assert "登记联络员 陆建国（450*************" in page


def test_licensable_items_of_a_changed_scope_are_marked_as_in_an_establishment() -> None:
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    build.fill(client, draft, "items", build.chosen("scope"))
    address = f"/apply/{draft.pk}/scope/"
    assert "查找常用表述" in client.get(address).content.decode()
    build.fill(client, draft, "scope", {"scope": "软件开发；餐饮服务"})
    page = build.said(client.get(address))
    assert "须经许可的项目 餐饮服务" in page
    assert "许可项目：餐饮服务" in page
