"""Three founders sign on their telephones; a company changes several items at once; both to the end, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import system_scope
from hongdun.registration.models import Draft, Signature
from hongdun.registration.signing import links
from tests.browser import test_company_journey as company
from tests.browser.conftest import apart, arrived, press
from tests.registration import builders
from tests.registration import changes as build

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

    from hongdun.register.models import Entity
    from tests.browser.conftest import OpenPage

    Axe = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)

FOUNDERS = {"黄志强": ("20", 11), "韦丽华": ("20", 29), "陆建国": ("10", 37)}
NUMBERS = {name: build.number(serial) for name, (_, serial) in FOUNDERS.items()}
REFUSED = company.REFUSED


def the_draft() -> Draft:
    with system_scope("测试"):
        return Draft.objects.latest("started")


def waiting() -> list[Signature]:
    with system_scope("测试"):
        return list(Signature.objects.filter(state=Signature.State.WAITING))


def current_code(signature: Signature) -> str:
    with system_scope("测试"):
        signature.refresh_from_db()
    return links.code(signature)


def registered(page: Page, *, name: str = "韦小红") -> None:
    page.goto("/account/register/")
    for field, value in (("name", name), ("id_number", build.number(2)), ("phone", "13800000002")):
        page.fill(f"[name={field}]", value)
    for field in ("password", "again"):
        page.fill(f"[name={field}]", "yongjiang-2026-shui")
    press(page.locator("main button[type=submit]"))


def upload(page: Page, *codes: str) -> None:
    for code in codes:
        page.set_input_files(
            f"[name={code}]",
            {"name": f"{code}.pdf", "mimeType": "application/pdf", "buffer": builders.tiny_pdf()},
        )
    arrived(page, len(codes))


def signed(phone: Page, signature: Signature, axe: Axe, number: str) -> None:
    """From the link in the message to the signature; a wrong code first."""
    phone.goto(f"/sign/{links.token(signature)}/")
    axe(phone)
    phone.fill("[name=name]", signature.name)
    phone.fill("[name=digits]", number[-6:])
    press(phone.locator("main [data-forward]"))
    axe(phone)
    phone.fill("[name=code]", "abcdef")
    press(phone.locator("main [data-forward]"))
    assert "验证码不对" in phone.inner_text("main")
    phone.fill("[name=code]", apart(lambda: current_code(signature)))
    press(phone.locator("main [data-forward]"))
    axe(phone)
    assert signature.hash in phone.inner_text("main")
    press(phone.locator("text=我已看过，同意签署"))
    assert "您已签署" in phone.inner_text("main")
    axe(phone)


@pytest.mark.parametrize("width", [1280, 375])
def test_three_founders_sign_on_their_telephones(page_at: OpenPage, axe: Axe, width: int) -> None:
    founder = page_at(width, expected=(REFUSED,))
    registered(founder)
    founder.goto("/apply/new/company_establishment/")
    press(founder.locator("main [data-forward]"))
    founder.goto(f"/apply/{apart(the_draft).pk}/name/")
    company.fill_name(founder, axe)
    company.fill_place(founder, axe)
    founder.fill("[name=capital]", "50")
    for row, (name, (amount, _)) in enumerate(FOUNDERS.items()):
        if row:
            press(founder.locator("[name=holder-add]"))
        for field, value in (
            ("name", name),
            ("id_number", NUMBERS[name]),
            ("phone", f"138000000{row}1"),
            ("amount", amount),
        ):
            founder.fill(f"[name=holder-{row}-{field}]", value)
        founder.fill(f"[name=holder-{row}-deadline]", "2030-01-01")
    company.go_on(founder, axe)
    company.fill_people(founder, axe)
    company.go_on(founder, axe)  # the papers as they were written from the answers
    upload(founder, "applicant_identity", "domicile", "appointments")
    press(founder.locator("main [data-forward]"))
    press(founder.locator("text=核对并提交"))
    axe(founder)
    press(founder.locator("text=发送签署链接"))
    for place, signature in enumerate(apart(waiting), 1):
        signed(page_at(375, expected=(REFUSED,)), signature, axe, NUMBERS[signature.name])
        founder.reload()
        assert (
            founder.inner_text("main").count("已签署\n已于") + founder.inner_text("main").count("已签署 已于")
            == place
        )
    axe(founder)
    press(founder.locator("text=确认无误，提交申请"))
    assert founder.locator("h1").inner_text() == "申请已提交"


@pytest.mark.parametrize("width", [1280, 375])
def test_a_company_changes_several_items_at_once(page_at: OpenPage, axe: Axe, width: int) -> None:
    entity = apart(lambda: build.company(with_licence=True))
    agent = page_at(width, expected=(REFUSED,))
    registered(agent)
    asked_for(agent, axe, entity)
    press(agent.locator("text=发送签署链接"))
    [signature] = apart(waiting)
    signed(page_at(375, expected=(REFUSED,)), signature, axe, build.FRESH["id_number"])
    agent.reload()
    press(agent.locator("text=确认无误，提交申请"))
    assert agent.locator("h1").inner_text() == "申请已提交"

    examiner = page_at(width, seat=company.seat_of("examiner"))
    examiner.goto("/desk/work/")
    press(examiner.locator("tr", has_text=entity.name).locator("a"))
    axe(examiner)
    facts = examiner.inner_text("main")
    assert all(words in facts for words in ("变更前", "黄志强", "陆建国", "广西鑫源智造科技有限公司"))
    press(examiner.locator("button[name=outcome][value=pass]"))
    decide(page_at(width, seat=company.seat_of("approver")), entity.name, "register")
    counter = page_at(width, seat=company.seat_of("counter"))
    counter.goto("/desk/work/")
    press(counter.locator("tr", has_text="广西鑫源智造科技有限公司").locator("a"))
    axe(counter)
    counter.click("text=没有缴回，公告作废")
    press(counter.locator("button[name=outcome][value=issue]"))

    public = page_at(width)
    public.goto(entity.get_absolute_url())
    axe(public)
    shown = public.inner_text("main")
    assert all(words in shown for words in ("广西鑫源智造科技有限公司", "陆建国", "变更登记", entity.name))


def asked_for(page: Page, axe: Axe, entity: Entity) -> None:
    """From the services to everything filled in."""
    page.goto(f"/apply/new/change/?uscc={entity.uscc}")
    axe(page)
    press(page.locator("main [data-forward]"))
    press(page.locator("text=办理哪一户"))
    company.go_on(page, axe)
    for item in ("name", "scope", "representative"):
        page.check(f"[name=items][value={item}]")
    page.fill("[name=resolved]", build.clock.today().isoformat())
    company.go_on(page, axe)
    page.fill("[name=name]", "广西鑫源智造科技有限公司")
    company.go_on(page, axe)
    for field in ("name", "id_number", "phone"):
        page.fill(f"[name={field}]", build.FRESH[field])
    page.select_option("[name=position]", "executive_director")
    company.go_on(page, axe)
    page.fill("[name=scope]", "软件开发；人工智能应用软件开发")
    company.go_on(page, axe)
    upload(page, "charter_amended", "resolution")
    company.go_on(page, axe)
    axe(page)
    press(page.locator("text=核对并提交"))
    axe(page)


def decide(page: Page, title: str, outcome: str) -> None:
    page.goto("/desk/work/")
    press(page.locator("tr", has_text=title).locator("a"))
    press(page.locator(f"button[name=outcome][value={outcome}]"))
