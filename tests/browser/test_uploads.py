"""Files from a phone: large photos made small and upright, lost connections waited for, reloaded pages gone on with."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base.actor import Actor
from hongdun.base.scope import acting, system_scope
from hongdun.documents.models import Document
from hongdun.registration.models import Draft
from tests.browser.conftest import apart, press
from tests.browser.test_shop_journey import sign_up
from tests.registration import shops
from tests.registration.builders import tiny_pdf

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Route

    from tests.browser.conftest import OpenPage

    Axe = Callable[[Page], None]

pytestmark = pytest.mark.django_db(transaction=True)

LOST = ("Failed to load resource", "net::ERR_")
# A picture of noise, as no compression makes it small; drawn by the browser itself.
NOISE = """async ([width, height]) => {
  const canvas = new OffscreenCanvas(width, height), pen = canvas.getContext("2d"), picture = pen.createImageData(width, height);
  for (let at = 0; at < picture.data.length; at += 4) picture.data.set([Math.random() * 255, at % 251, at % 13 * 19, 255], at);
  pen.putImageData(picture, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}"""


def photo(page: Page, width: int, height: int, name: str = "IMG_0001.jpg") -> Any:
    data = base64.b64decode(page.evaluate(NOISE, [width, height]))
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def the_page(phone: Page) -> str:
    sign_up(phone, shops.OPERATOR)
    phone.goto("/apply/new/individual_establishment/")
    press(phone.locator("main [data-forward]"))
    return f"{phone.url}documents/"


def stored() -> dict[str, tuple[str, int, int]]:
    """Kind → type, bytes, pages of what the draft holds."""
    with system_scope("测试"):
        owner = Draft.objects.latest("started").person
    with acting(Actor(shops.OPERATOR, "applicant", owner)):
        return {d.kind: (d.content_type, d.size, d.pages) for d in Document.objects.filter(case_id=None)}


def test_a_large_photo_is_sent_small_through_a_bad_connection(page_at: OpenPage, axe: Axe) -> None:
    phone = page_at(375, expected=LOST)
    phone.goto(the_page(phone))
    axe(phone)
    large = photo(phone, 4000, 3000)
    lost: list[str] = []

    def unlucky(route: Route) -> None:
        """The second piece is lost on its way, the answer to the third on its way back."""
        lost.append(route.request.url)
        if len(lost) == 2:
            route.abort("internetdisconnected")
        elif len(lost) == 3:
            route.fetch()
            route.abort("internetdisconnected")
        else:
            route.continue_()

    phone.route("**/files/*/?at=*", unlucky)
    phone.set_input_files("[name=applicant_identity]", large)
    phone.wait_for_selector("text=✓ 已上传")
    axe(phone)
    assert "已上传：IMG_0001.jpg" in phone.inner_text("main")
    content_type, size, _ = apart(stored)["applicant_identity"]
    assert content_type == "image/jpeg"
    assert size < len(large["buffer"])
    assert len(lost) > 3

    # Two photos of one paper, and the page is sent while they are still on their way.
    phone.set_input_files(
        "[name=domicile]", [photo(phone, 900, 1200, "1.jpg"), photo(phone, 900, 1200, "2.jpg")]
    )
    press(phone.locator("main [data-forward]"))
    phone.wait_for_url(lambda url: "documents" not in url)
    assert apart(stored)["domicile"][2] == 2


def test_a_page_that_was_reloaded_goes_on_by_itself(page_at: OpenPage) -> None:
    phone = page_at(375, expected=LOST)
    where = the_page(phone)
    phone.goto(where)
    phone.route("**/files/*/?at=*", lambda route: route.abort("internetdisconnected"))
    phone.set_input_files("[name=applicant_identity]", photo(phone, 1200, 900))
    phone.wait_for_selector("text=网络断开，恢复后接着传")
    phone.unroute("**/files/*/?at=*")
    phone.goto(where)
    phone.wait_for_selector("text=✓ 已上传")
    assert apart(stored)["applicant_identity"][0] == "image/jpeg"


def test_what_may_not_be_kept_is_said_beside_it(page_at: OpenPage, axe: Axe) -> None:
    phone = page_at(375, expected=LOST)
    phone.goto(the_page(phone))
    word = {"name": "合同.docx", "mimeType": "application/msword", "buffer": b"PK\x03\x04" + bytes(60)}
    phone.set_input_files("[name=domicile]", word)
    phone.wait_for_selector("text=另存为 PDF 再上传")
    axe(phone)
    assert phone.input_value("[name=domicile]") == ""
    phone.set_input_files(
        "[name=domicile]", {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": tiny_pdf()}
    )
    phone.wait_for_selector("text=✓ 已上传")
    assert phone.locator(".govuk-error-message").count() == 0
