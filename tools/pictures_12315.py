"""The pictures of 12315 in docs/images, taken from a running demonstration: command page, wall, operator's form, agreement.

    HONGDUN_HOME=… HONGDUN_PORT=… hongdun up
    HONGDUN_HOME=… HONGDUN_PORT=… python tools/pictures_12315.py [--to FOLDER]

What they show is the day that `hongdun up` makes (demo_day). For the map the home holds boundaries*.geojson. Needs chromium
and pdftoppm (poppler-utils).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page


ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
CITY_DESK, REGION_DESK, FLOOR = "nn.clerk", "gx.head", "nn.head"
STORY = "在商场买的空调装上三天就不制冷，商家说要等厂家，一直不来修，要求换货。"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "images")
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hongdun.site.settings")
    django.setup()
    take(given.to)
    return 0


def take(to: Path) -> None:
    from playwright.sync_api import sync_playwright

    to.mkdir(parents=True, exist_ok=True)
    seeds = seeds_of(REGION_DESK, CITY_DESK, FLOOR)  # Django may not be asked within the browser's loop
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=which("chromium"), args=["--no-sandbox", "--lang=zh-CN"]
        )
        with at_desk(browser, REGION_DESK, seeds, height=800) as page:
            page.goto("/desk/command/")
            page.locator(".hd-map__chart canvas").first.wait_for()
            page.wait_for_timeout(1500)
            page.screenshot(path=to / "command.png")
        with at_desk(browser, CITY_DESK, seeds, height=900) as page:
            operate(page)
            page.screenshot(path=to / "operator.png")
        with at_desk(browser, FLOOR, seeds, height=800) as page:
            page.goto("/desk/calls/wall/")
            page.screenshot(path=to / "wall.png")
        browser.close()
    print_agreement(to / "agreement.png")


def operate(page: Page) -> None:
    """The operator's form as it is filled while somebody tells it."""
    page.goto("/desk/12315/new/")
    page.get_by_label("电话号码", exact=True).fill("13800770077")
    page.get_by_label("姓名", exact=True).fill("李红梅")
    page.get_by_label("事实和诉求").fill(STORY)
    page.get_by_label("商品服务类别").focus()
    page.locator("[data-take]").first.wait_for()
    page.wait_for_timeout(1000)
    page.evaluate("scrollTo(0, 0)")


def seeds_of(*logins: str) -> dict[str, str]:
    """What the one-time codes of these officers come from."""
    from hongdun.base.scope import system_scope
    from hongdun.org.models import Credential

    with system_scope("示例"):
        found = Credential.objects.filter(officer__login__in=logins, officer__is_demo=True)
        return dict(found.values_list("officer__login", "totp"))


@contextmanager
def at_desk(
    browser: Browser, login: str, seeds: dict[str, str], *, height: int, width: int = 1280
) -> Iterator[Page]:
    """A page of a demonstration officer who has signed in."""
    import pyotp

    from hongdun.parties.management.commands.load_demo import PASSWORD

    port = os.environ.get("HONGDUN_PORT", "8000")
    context = browser.new_context(
        base_url=f"http://127.0.0.1:{port}", viewport={"width": width, "height": height}, locale="zh-CN"
    )
    page = context.new_page()
    page.goto("/desk/login/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("口令", exact=True).fill(PASSWORD)
    page.get_by_role("button").last.click()
    page.get_by_label("动态验证码").fill(pyotp.TOTP(seeds[login]).now())
    page.get_by_role("button").last.click()
    page.wait_for_url("**/desk/**")
    yield page
    context.close()


def print_agreement(to: Path) -> None:
    from hongdun.base.scope import system_scope
    from hongdun.documents import queries as documents
    from hongdun.documents.models import Document

    with system_scope("示例"):
        found = Document.objects.filter(kind="statement").latest("id")
        paper = documents.content(found)
    with TemporaryDirectory() as folder:
        source = Path(folder) / "agreement.pdf"
        source.write_bytes(paper)
        command = [
            which("pdftoppm") or "pdftoppm",
            "-png",
            "-singlefile",
            "-r",
            "80",
            str(source),
            str(to.with_suffix("")),
        ]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
