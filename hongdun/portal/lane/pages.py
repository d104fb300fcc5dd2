"""Pages of entities as they were rendered last, as long as nothing they show has changed."""

from __future__ import annotations

from collections import OrderedDict
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from hongdun.base import sections, wire
from hongdun.base.clock import today
from hongdun.portal.queries import branches
from hongdun.portal.queries.reading import LISTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.portal.lane.answers import Headers

MOST_BYTES = 16_000_000
# Rows that an entity's page shows beside its own. What a page learns to show belongs here, or it would show it late.
# Any change of a row gives it another xmin.
ROWS = "(SELECT string_agg(t.xmin::text, ',') FROM {} t WHERE t.entity_id = ANY(ARRAY[e.id]))"
SHOWN = [
    *map(ROWS.format, ("register_version", "register_licence", "register_statusevent", "register_name")),
    """(SELECT string_agg(p.xmin::text, ',') FROM org_organ p WHERE p.code = e.organ OR p.code IN (
        SELECT s.organ FROM register_statusevent s WHERE s.entity_id = e.id))""",
    "(SELECT string_agg(uscc || ' ' || version, ',') FROM b)",
]
STAMP = f"""
WITH e AS MATERIALIZED (SELECT *, xmin AS x FROM register_entity WHERE uscc = $1),
b AS MATERIALIZED ({branches.below("b.uscc, b.xmin AS version", LISTED + 1)})
SELECT e.type, e.name, (SELECT count(*) FROM b), concat_ws(' ', e.x, {{}}) FROM e
"""  # noqa: S608 - constants


class Page(NamedTuple):
    stamp: str
    headers: Headers
    body: bytes


def stamp(code: str) -> str | None:
    """What the page of this code depends on. None where that isn't known from a few rows, or nothing has this code.

    Those are the pages of entities with a parent by name or with many branches, and all as soon as an app adds a
    section that doesn't say what it changes with.
    """
    added = tuple(each.changes_with for each in sections.SECTIONS)
    row = wire.row(_statement(added), code) if all(added) else None
    if row is None:
        return None
    kind, name, count, rows = (each or b"" for each in row)
    if int(count) > LISTED or branches.may_have_parent(kind.decode(), name.decode()):
        return None
    return f"{today()} {rows!r}"


@cache
def _statement(added: tuple[str, ...]) -> wire.Statement:
    return wire.Statement(STAMP.format(", ".join([*SHOWN, *added])))


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
    """The headers of the kept answer, with those that belong to this request in their places."""
    return [(name, fresh.get(name, value)) for name, value in headers]
