"""The feed as it grows, read once for all who listen; without Django, for the process that serves streams."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING

import psycopg

from hongdun.lib import changes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Connect = Callable[[], Awaitable[psycopg.AsyncConnection]]
    Event = tuple[int, bytes]

logger = logging.getLogger(__name__)
POLL_SECONDS = 0.25
RECONNECT_SECONDS = 1.0
RECENT = 2000  # changes held in memory, for all who keep up
BATCH = 500

EXTENT = "SELECT coalesce(min(position), 0), coalesce(max(position), 0) FROM exchange_change"
AFTER = f"""
SELECT {", ".join(changes.Row._fields)} FROM exchange_change
 WHERE position > %s ORDER BY position LIMIT {BATCH}
"""  # noqa: S608 - constants


class Live:
    """`newest` is None until the feed has been read for the first time."""

    def __init__(self, connect: Connect) -> None:
        self.oldest = 0
        self.newest: int | None = None
        self._connect = connect
        self._database: psycopg.AsyncConnection | None = None
        self._recent: list[Event] = []
        self._news = asyncio.Event()

    async def run(self) -> None:
        """Follow the feed for ever; a database that is away is asked again and again."""
        while True:
            try:
                async with await self._connect() as self._database:
                    while True:
                        await self._look(self._database)
                        await asyncio.sleep(POLL_SECONDS)
            except (psycopg.Error, OSError):
                logger.exception("feed not readable")
                self._database = None
                await asyncio.sleep(RECONNECT_SECONDS)

    async def _look(self, database: psycopg.AsyncConnection) -> None:
        row = await (await database.execute(EXTENT)).fetchone()
        assert row is not None
        self.oldest, newest = row
        if self.newest is None or newest < self.newest:  # just begun, or the database was restored
            self.newest, self._recent = newest, []
            self._tell()
        while fresh := await _read(database, self.newest):
            self._recent = [*self._recent, *fresh][-RECENT:]
            self.newest = fresh[-1][0]
            self._tell()

    def _tell(self) -> None:
        """Wake everybody who waits; who comes later waits for the next time."""
        self._news.set()
        self._news = asyncio.Event()

    async def after(self, position: int) -> list[Event]:
        """The next changes, at most BATCH; those of long ago are read from the database."""
        if self.newest is None or position >= self.newest:
            return []
        if self._recent and position + 1 >= self._recent[0][0]:
            start = position + 1 - self._recent[0][0]
            return self._recent[start : start + BATCH]
        if self._database is None:
            return []
        return await _read(self._database, position)

    async def wait(self, position: int, seconds: float) -> bool:
        """Until there is something after `position`; False when time ran out first."""
        if self.newest is not None and self.newest > position:
            return True
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)
            return True
        return False


async def _read(database: psycopg.AsyncConnection, position: int) -> list[Event]:
    rows = await (await database.execute(AFTER, [position])).fetchall()
    return [(row[0], _event(row[0], changes.line(changes.Row(*row).as_json()))) for row in rows]


def _event(position: int, data: str) -> bytes:
    return f"id: {position}\ndata: {data}\n\n".encode()
