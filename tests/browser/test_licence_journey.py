"""A licence is lost: declared void, announced, issued again, printed, fetched; whoever holds the old one sees that it is void."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import system_scope
from hongdun.registration.licence import printing
from hongdun.registration.licence.models import PrintRun
from tests.browser import test_company_journey as company
from tests.browser.conftest import apart, press
from tests.browser.test_signing_journey import decide, registered, signed, waiting
from tests.registration import builders, sheets
from tests.registration import changes as build

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from playwright.sync_api import Page

    from hongdun.register.models import Entity
    from tests.browser.conftest import OpenPage

    Axe = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)


def file_and_sign(
    page: Page, phone: Page, axe: Axe, *, entity: Entity, filing: str, fill: Callable[[Page], None]
) -> None:
    """From the page of what the entity may file to the application that is sent."""
    page.goto(f"/apply/new/{filing}/?uscc={entity.uscc}")
    press(page.locator("main [data-forward]"))
    press(page.locator("text=办理哪一户"))
    company.go_on(page, axe)
    fill(page)
    for field in ("name", "id_number", "phone"):
        page.fill(f"[name={field}]", build.HEAD[field])
    company.go_on(page, axe)
    press(page.locator("text=核对并提交"))
    axe(page)
    press(page.locator("text=发送签署链接"))
    [signature] = apart(waiting)
    signed(phone, signature, axe, build.HEAD["id_number"])
    page.reload()
    press(page.locator("text=确认无误，提交申请"))


@pytest.mark.parametrize("width", [1280, 375])
def test_a_lost_licence_is_void_and_its_successor_is_not(page_at: OpenPage, axe: Axe, width: int) -> None:
    entity = apart(lambda: build.company(with_licence=True))
    [old, _] = apart(lambda: sheets.sheets_of(entity))
    agent = page_at(width, expected=(company.REFUSED,))
    registered(agent)

    def lost(page: Page) -> None:
        page.check("[name=sheets] >> nth=0")
        page.check("[name=cause][value=lost]")
        page.fill("[name=day]", build.clock.today().isoformat())
        page.fill("[name=how]", "办公室搬迁途中遗失")
        company.go_on(page, axe)
        assert page.locator(".govuk-error-summary").is_visible()
        page.check("[name=promise]")
        company.go_on(page, axe)

    def again(page: Page) -> None:
        company.go_on(page, axe)
        page.check("[name=way][value=pickup]")
        page.fill("[name=name]", "韦小红")
        company.go_on(page, axe)
        company.go_on(page, axe)

    phone = page_at(375, expected=(company.REFUSED,))
    file_and_sign(agent, phone, axe, entity=entity, filing="licence_loss", fill=lost)
    public = page_at(width)
    public.goto("/notices/licences/")
    axe(public)
    assert old.serial in public.inner_text("main")

    file_and_sign(
        agent,
        page_at(375, expected=(company.REFUSED,)),
        axe,
        entity=entity,
        filing="licence_reissue",
        fill=again,
    )
    examiner = page_at(width, seat=company.seat_of("examiner"))
    decide(examiner, entity.name, "pass")
    decide(page_at(width, seat=company.seat_of("approver")), entity.name, "register")
    printed(page_at(width, expected=("Failed to load resource",), seat=company.seat_of("counter")), axe)
    agent.goto("/my/")
    press(agent.locator("main a", has_text=entity.name))
    axe(agent)
    assert "已送达" in agent.inner_text("main")

    public.goto(f"/verify/?serial={old.serial}")
    axe(public)
    assert "执照已声明作废" in public.inner_text("main")
    public.goto(entity.get_absolute_url())
    fresh = apart(lambda: sheets.sheets_of(entity))[-1]
    public.goto(f"/verify/?serial={fresh.serial}")
    axe(public)
    assert "执照有效" in public.inner_text("main")


def printed(counter: Page, axe: Axe) -> None:
    """Blanks are received, the licence printed and fetched."""
    counter.goto("/desk/licences/")
    axe(counter)
    press(counter.locator("text=制作全部"))
    axe(counter)
    assert "请先入库" in counter.inner_text("main")
    press(counter.locator("main >> text=空白执照"))
    counter.click("[name=copy][value=original]")
    counter.fill("[name=first]", "450103000001")
    counter.fill("[name=last]", "450103000005")
    company.go_on(counter, axe)
    axe(counter)
    press(counter.locator("main nav >> text=发照"))
    counter.check("[name=licence]")
    press(counter.locator("text=制作所选执照"))
    axe(counter)
    apart(lambda: printing.print_run(_newest()))
    counter.reload()
    axe(counter)
    assert "正本（A3，PDF）" in counter.inner_text("main")
    counter.goto("/desk/licences/?tab=ready")
    axe(counter)
    press(counter.locator("tbody a"))
    axe(counter)
    counter.fill("[name=collected-name]", "韦小红")
    counter.fill("[name=collected-id_number]", build.AGENT["id_number"])
    counter.set_input_files(
        "[name=collected-signed]",
        {"name": "签收单.pdf", "mimeType": "application/pdf", "buffer": builders.tiny_pdf()},
    )
    press(counter.locator("text=登记领取"))
    axe(counter)
    assert "已登记领取" in counter.inner_text("body")
    counter.goto("/desk/licences/old/")
    axe(counter)


def _newest() -> UUID:
    with system_scope("测试"):
        return PrintRun.objects.latest("begun").pk
