"""What tests of the lane share: Django behind it, counted, and entities to ask for."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from django.core.wsgi import get_wsgi_application

from hongdun.base import wire
from hongdun.base.front.exchange import SAFE, Answer
from hongdun.base.scope import acting
from hongdun.portal.lane.application import Lane
from hongdun.register import actions as register
from tests.register.builders import officer

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from hongdun.register.models import Entity

P = ParamSpec("P")
T = TypeVar("T")
django = get_wsgi_application()


class Counted:
    """Django, and how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.calls += 1
        return django(environ, start_response)


class Direct:
    """Rows by the test's own connection, at once."""

    async def row(self, statement: wire.Statement, *parameters: str) -> wire.Row | None:
        return wire.row(statement, *parameters)

    async def row_of(self, statement: wire.Statement, key: str) -> wire.Row | None:
        return wire.row(statement, wire.array([key]))

    async def aside(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)


class Fronted:
    """The lane before an application, as the front has them, without the wires between."""

    def __init__(self, behind: Any) -> None:
        self.behind, self.lane = behind, Lane(Direct())

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        taken = environ["REQUEST_METHOD"] in SAFE and self.lane.takes(environ["PATH_INFO"].encode())
        given = _at_once(self.lane.answer(environ)) if taken else None
        if isinstance(given, Answer):
            start_response(given.status, given.headers)
            return [given.body]
        got: list[Any] = []
        body = b"".join(self.behind(environ, lambda *said: got.extend(said)))
        start_response(*got)
        if given:
            given(got[0], got[1], body)
        return [body]


def _at_once(coroutine: Coroutine[Any, Any, T]) -> T:
    """Of what never waits: Django refuses the test's connection to a running loop."""
    try:
        coroutine.send(None)
    except StopIteration as ended:
        return cast("T", ended.value)
    raise AssertionError("it waited")


def api(entity: Entity) -> str:
    return f"/api/v1/entities/{entity.uscc}"


def page(entity: Entity) -> str:
    return f"/entity/{entity.uscc}/"


def revoked(entity: Entity) -> Entity:
    actor = officer()
    with acting(actor):
        register.set_status(
            entity=entity, status="revoked", on=date(2022, 1, 1), reason="停业", case_id=None, actor=actor
        )
    return entity
