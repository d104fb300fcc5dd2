from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.conftest import QUIET, axe, chromium, page_at
from tests.calls import exchange as exchanges

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.calls.exchange import Exchange

__all__ = ["axe", "page_at"]
# A made-up microphone, and addresses that a page on this machine may use.
TELEPHONE = [
    *QUIET,
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    mine = [item for item in items if item.get_closest_marker("telephone")]
    missing = exchanges.lacking() + ([] if chromium() else ["chromium"])
    if not mine or not missing:
        return
    if os.environ.get("CI"):
        message = f"没有 {'、'.join(missing)}，不能运行电话测试"
        raise pytest.UsageError(message)
    items[:] = [item for item in items if item not in mine]
    config.hook.pytest_deselected(items=mine)
    config.get_terminal_writer().line(
        f"\n!!! 没有 {'、'.join(missing)}，略去 {len(mine)} 项电话测试 !!!\n", red=True
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(executable_path=chromium(), args=TELEPHONE)
        yield running
        running.close()


@pytest.fixture
def exchange(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[Exchange]:
    if "trunk" in request.fixturenames:
        request.getfixturevalue("trunk")
    with exchanges.running() as running:
        yield running
