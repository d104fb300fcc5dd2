"""The call process writes to the database in one thread; what is waiting goes into one transaction.

Twenty calls a second make a hundred writes a second: together they cost a fifth of what they would one by one.
"""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Model

from hongdun.base.scope import system_scope

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)
T = TypeVar("T")
Work = tuple["Callable[[], Any]", "asyncio.Future[Any]"]
LOST = (OperationalError, InterfaceError)
MOST = 50
AGAIN_SECONDS = 0.5


class Journal:
    def __init__(self) -> None:
        self.pending: asyncio.Queue[Work] = asyncio.Queue()
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="journal")
        self.task: asyncio.Task[None] | None = None

    def open(self) -> None:
        self.task = asyncio.create_task(self._run())

    async def close(self) -> None:
        await self.pending.join()
        if self.task:
            self.task.cancel()
        await asyncio.get_running_loop().run_in_executor(self.thread, _leave)
        self.thread.shutdown()

    async def write(self, work: Callable[[], T]) -> T:
        """Do this in the system's scope; it returns when it is committed, however long the database is away."""
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self.pending.put_nowait((work, future))
        return await asyncio.shield(future)

    async def _run(self) -> None:
        while True:
            batch = [await self.pending.get()]
            while not self.pending.empty() and len(batch) < MOST:
                batch.append(self.pending.get_nowait())
            try:
                await self._settle(batch)
            finally:
                for _ in batch:
                    self.pending.task_done()

    async def _settle(self, batch: list[Work]) -> None:
        try:
            results = await self._commit([work for work, _ in batch])
        except LOST:
            logger.warning("database away, trying again")
            await asyncio.sleep(AGAIN_SECONDS)
            await self._settle(batch)
        except Exception as error:  # noqa: BLE001 - whoever asked hears it
            await self._settle_apart(batch, error)
        else:
            for (_, future), result in zip(batch, results, strict=True):
                future.set_result(result)

    async def _settle_apart(self, batch: list[Work], error: Exception) -> None:
        """One of them failed, so none was written: each by itself tells which."""
        if len(batch) == 1:
            batch[0][1].set_exception(error)
            return
        for each in batch:
            await self._settle([each])

    async def _commit(self, works: list[Callable[[], Any]]) -> list[Any]:
        return await asyncio.get_running_loop().run_in_executor(self.thread, _together, works)


def _leave() -> None:
    connection.close()  # this thread's own


def _together(works: list[Callable[[], Any]]) -> list[Any]:
    """All or nothing, in memory as well: a row that was changed and not written would not be written again."""
    before = [(row, vars(row).copy()) for work in works for row in _rows(work)]
    try:
        with system_scope("电话平台"):
            return [work() for work in works]
    except Exception as error:
        for row, values in before:
            vars(row).clear()
            vars(row).update(values)
        if isinstance(error, LOST):
            connection.close()
        raise


def _rows(work: Callable[[], Any]) -> list[Model]:
    given = work.args if isinstance(work, partial) else ()
    return [row for row in (getattr(each, "call", each) for each in given) if isinstance(row, Model)]
