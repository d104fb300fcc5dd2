"""An officer's hands: every key, click and page of one step is counted, text that is typed apart."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page


@dataclass
class Effort:
    """One row of the table in the officers' guide."""

    filing: str
    step: str
    loads: int = 0
    clicks: int = 0
    keys: int = 0
    typed: int = 0

    @property
    def row(self) -> str:
        return f"| {self.filing} | {self.step} | {self.loads} | {self.clicks} | {self.keys} | {self.typed} |"


class Hands:
    def __init__(self, page: Page) -> None:
        self.page, self.rows = page, list[Effort]()
        page.on("load", lambda _: self._loaded())

    def _loaded(self) -> None:
        if self.rows:
            self.rows[-1].loads += 1

    @contextmanager
    def at(self, filing: str, step: str) -> Iterator[None]:
        self.rows.append(Effort(filing, step))
        yield
        self.page.wait_for_load_state("load")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.rows[-1].keys += 1
            self.page.keyboard.press(key)

    def type(self, *texts: str) -> None:
        """Fields one after the other, as one who never takes the hands off the keys."""
        for text in texts:
            self.rows[-1].typed += len(text)
            self.page.keyboard.type(text)
            self.press("Tab")

    def click(self, selector: str) -> None:
        self.rows[-1].clicks += 1
        self.page.click(selector)
