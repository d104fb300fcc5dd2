"""What is asked in one turn travels together, and a broken connection costs nobody an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from django.db import Error, OperationalError

from hongdun.base import wire
from hongdun.base.pipe import Pipe

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
OWN = wire.Statement("SELECT pg_backend_pid()::text")
SQUARE = wire.Statement("SELECT (n::int * n::int)::text, n FROM unnest($1::text[]) n WHERE n <> '9'")
DIVIDED = wire.Statement("SELECT (12 / $1::int)::text")
END = wire.Statement("SELECT pg_terminate_backend($1::int)::text")


def run(test: Callable[[Pipe], Awaitable[None]]) -> None:
    async def piped() -> None:
        pipe = Pipe()
        try:
            await test(pipe)
        finally:
            pipe.close()

    asyncio.run(piped())


def test_each_gets_its_own_row() -> None:
    async def test(pipe: Pipe) -> None:
        found = await asyncio.gather(*(pipe.row_of(SQUARE, each) for each in ("3", "9", "4", "3")))
        assert [row and row[0] for row in found] == [b"9", None, b"16", b"9"]
        assert await pipe.row(DIVIDED, "4") == [b"3"]

    run(test)


def test_what_is_wrong_fails_alone() -> None:
    async def test(pipe: Pipe) -> None:
        asked = [pipe.row(DIVIDED, each) for each in ("3", "0", "4")]
        found = await asyncio.gather(*asked, return_exceptions=True)
        assert [found[0], found[2]] == [[b"4"], [b"3"]]
        assert isinstance(found[1], Error)
        assert await pipe.row(DIVIDED, "6") == [b"2"]

    run(test)


def test_a_broken_connection_is_replaced() -> None:
    async def test(pipe: Pipe) -> None:
        first = await pipe.row(OWN)
        assert first
        other = Pipe()
        assert await other.row(END, (first[0] or b"").decode())
        other.close()
        assert await pipe.row(OWN) != first

    run(test)


def test_without_a_database_everybody_hears_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def test(pipe: Pipe) -> None:
        with monkeypatch.context() as away:
            away.setattr(wire, "opener", lambda: _nowhere)
            found = await asyncio.gather(pipe.row(OWN), pipe.row_of(SQUARE, "3"), return_exceptions=True)
            assert [type(each) for each in found] == [OperationalError, OperationalError]
        assert await pipe.row(OWN)

    run(test)


def _nowhere() -> None:
    raise OperationalError("nowhere")


def test_django_is_asked_aside() -> None:
    async def test(pipe: Pipe) -> None:
        assert await pipe.aside(divmod, 7, 2) == (3, 1)

    run(test)
