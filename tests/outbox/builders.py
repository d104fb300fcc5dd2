from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from hongdun.base.scope import system_scope
from hongdun.outbox import HANDLERS, Handler
from hongdun.outbox.actions import publish
from hongdun.outbox.models import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongdun.outbox.models import Message


@contextmanager
def listening(*handlers: Handler) -> Iterator[None]:
    """Only these listen."""
    with patch.dict(HANDLERS, {each.name: each for each in handlers}, clear=True):
        yield


def handler(
    run: Callable[[Message], None], *, name: str = "test.hear", topic: str = "test.said", history: bool = True
) -> Handler:
    return Handler((topic,), name, run, history)


def publish_numbers(count: int, *, topic: str = "test.said", **body: Any) -> None:
    with system_scope("测试"):
        for n in range(count):
            publish(topic, n=n, **body)


def positions() -> list[int]:
    return list(Position.objects.order_by("position").values_list("position", flat=True))
