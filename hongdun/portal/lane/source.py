"""Where the lane's rows come from: the front's pipe to the database, or what a test has in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from hongdun.base.wire import Row, Statement

P = ParamSpec("P")
T = TypeVar("T")


class Source(Protocol):
    def row(self, statement: Statement, *parameters: str) -> Awaitable[Row | None]: ...

    def row_of(self, statement: Statement, key: str) -> Awaitable[Row | None]: ...

    def aside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]:
        """The result of what waits for the database in Django's way."""
