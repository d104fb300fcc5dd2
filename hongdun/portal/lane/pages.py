"""Pages of entities as they were rendered last, as long as nothing they show has changed."""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from hongdun.base import sections, wire
from hongdun.base.clock import today
from hongdun.portal.queries import branches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.front.exchange import Headers
    from hongdun.portal.lane.source import Source

MOST_BYTES = 16_000_000
# Every entry into the register writes the entity's own row anew, so that it gets another xmin; what else the page
# shows stands beside it, and what the sections of other apps say they change with. What a page learns to show belongs
# here, or it would show it late.
SHOWN = (
    "e.xmin",
    "(SELECT string_agg(l.xmin::text, ',') FROM register_licence l WHERE l.entity_id = e.id)",
    branches.STAMP,
)
STAMP = (
    "SELECT e.type, e.name, concat_ws(' ', %s), e.uscc FROM register_entity e WHERE e.uscc = ANY($1::text[])"
)
# The names of organs: their whole directory, once in a while.
DIRECTORY = wire.Statement("SELECT count(*) || ' ' || sum(hashtext(xmin || name)) FROM org_organ")
ORGAN_SECONDS = 60
_directory = (0.0, b"")


class Page(NamedTuple):
    stamp: str
    headers: Headers
    body: bytes


async def stamp(source: Source, code: str) -> str | None:
    """What the page of this code depends on. None where nothing has this code.

    None too as soon as an app adds a section that doesn't say what it changes with.
    """
    added = tuple(each.changes_with for each in sections.SECTIONS)
    row = await source.row_of(_statement(added), code) if all(added) else None
    if row is None:
        return None
    kind, name, rows, _ = (each or b"" for each in row)
    parent = (
        await source.row(*branches.parent_stamp(name.decode()))
        if branches.may_have_parent(kind.decode(), name.decode())
        else None
    )
    return f"{today()} {rows!r} {parent!r} {await _organs(source)!r}"


async def _organs(source: Source) -> bytes:
    """They change once in years: a minute late is early enough."""
    global _directory  # noqa: PLW0603 - a memory of one
    until, known = _directory
    if monotonic() >= until:
        known = (await source.row(DIRECTORY) or [b""])[0] or b""
        _directory = (monotonic() + ORGAN_SECONDS, known)
    return known


@cache
def _statement(added: tuple[str, ...]) -> wire.Statement:
    shown = ", ".join([*SHOWN, *added])
    return wire.Statement(STAMP % shown)


class Pages:
    """Least recently read ones go first."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes, self.bytes = most_bytes, 0
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._lock = Lock()

    def get(self, code: str, stamp: str) -> Page | None:
        with self._lock:
            page = self._pages.get(code)
            if page is None or page.stamp != stamp:
                return None
            self._pages.move_to_end(code)
            return page

    def keep(self, code: str, page: Page) -> None:
        with self._lock:
            self._drop(code)
            self._pages[code] = page
            self.bytes += len(page.body)
            while self.bytes > self.most_bytes:
                self._drop(next(iter(self._pages)))

    def _drop(self, code: str) -> None:
        old = self._pages.pop(code, None)
        self.bytes -= len(old.body) if old else 0


def renewed(headers: Headers, fresh: Mapping[str, str]) -> Headers:
    """The headers of the kept answer, with those of this request in their places: `fresh` by names in small letters."""
    return [(name, fresh.get(name.lower(), value)) for name, value in headers]
