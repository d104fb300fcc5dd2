"""A real browser against a live server: console errors, policy violations and axe findings fail the test."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import pytest
from django.db import connections
from playwright.sync_api import expect, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client
    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Route
    from pytest_django.live_server_helper import LiveServer

T = TypeVar("T")
HERE = Path(__file__).resolve().parent
AXE = HERE.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 120_000  # ms: a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
RUN_AXE = "rules => axe.run({runOnly: rules}).then(found => found.violations)"


class OpenPage(Protocol):
    def __call__(
        self,
        width: int,
        *,
        expected: tuple[str, ...] = (),
        javascript: bool = True,
        seat: Client | None = None,
    ) -> Page: ...


def chromium() -> str:
    named = os.environ.get("HONGDUN_CHROMIUM", "")
    return named or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mine = [item for item in items if HERE in item.path.parents]
    for item in mine:
        item.add_marker("browser")
    missing = [name for name, there in (("chromium", chromium()), ("axe-core", AXE.exists())) if not there]
    if mine and missing:
        if os.environ.get("CI"):
            message = f"没有 {'、'.join(missing)}，不能运行浏览器测试"
            raise pytest.UsageError(message)
        items[:] = [item for item in items if item not in mine]
        config.hook.pytest_deselected(items=mine)
        words = f"!!! 没有 {'、'.join(missing)}，略去 {len(mine)} 项浏览器测试 !!!"
        config.get_terminal_writer().line(f"\n{words}\n", red=True)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all files here: its event loop holds the thread, so it must be gone before other tests follow.

    The tests prepare their data between its steps, never during them: Django may be told not to mind the loop.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield running
        running.close()


@pytest.fixture
def page_at(browser: Browser, live_server: LiveServer) -> Iterator[OpenPage]:
    """Pages of a given width on the live server.

    `expected` names console errors that belong to the test; `seat` is a signed-in Django test client.
    """
    contexts, heard = [], []

    def open_page(
        width: int,
        *,
        expected: tuple[str, ...] = (),
        javascript: bool = True,
        seat: Client | None = None,
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            java_script_enabled=javascript,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if seat:
            cookies = seat.cookies.items()
            context.add_cookies([{"name": k, "value": v.value, "url": live_server.url} for k, v in cookies])
        page = context.new_page()

        def hear(message: ConsoleMessage) -> None:
            if message.type == "error" and not any(part in message.text for part in expected):
                heard.append(f"{page.url}: {message.text}")

        page.on("console", hear)
        page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not heard, "浏览器报错：\n" + "\n".join(heard)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Assert that axe finds nothing against WCAG 2.2 A and AA, and that nothing sticks out sideways."""
    source = AXE.read_text("utf-8")

    def check(page: Page) -> None:
        fits(page)
        # Evaluated through the protocol, so the content policy of the page stays in force.
        page.evaluate(source)
        found = page.evaluate(RUN_AXE, RULES)
        assert not found, f"{page.url}\n" + "\n".join(map(readable, found))

    return check


def arrived(page: Page, files: int) -> None:
    """Files are sent as soon as they are chosen: wait until so many are there."""
    page.locator("text=✓ 已上传").nth(files - 1).wait_for()


def apart(work: Callable[[], T]) -> T:
    """Do this in another thread: Playwright's loop holds this one, where `asyncio.run` would refuse to start."""

    def run() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def press(target: Locator) -> None:
    """Click the first of what leads to another page, and wait until that is loaded: only then is it read."""
    with target.page.expect_navigation(wait_until="load"):
        target.first.click()


@contextmanager
def late(page: Page, script: str) -> Iterator[None]:
    """Hold a script back, as a slow line does: what stands under this happens before it runs.

    Pages are opened with `wait_until="commit"`, because they are not loaded without it.
    """
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(f"**/js/{script}", hold)
    yield
    for route in held:
        route.continue_()
    page.unroute(f"**/js/{script}")


def fits(page: Page) -> None:
    """Assert that the page needs no scrolling sideways; at once, where axe at this width tells nothing new."""
    page.wait_for_load_state("load")
    too_wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert too_wide <= 0, f"{page.url} 横向超出 {too_wide} 像素"


def readable(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    places = "".join(f"\n    {node['html'][:160]}\n      {node['failureSummary']}" for node in nodes[:5])
    return f"{violation['id']}: {violation['help']}（{len(nodes)} 处）{places}"
