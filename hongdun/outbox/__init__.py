"""Messages that others must hear, and who listens: `@on("case.decided")` in an app's handlers.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.outbox.models import Message

    Run = Callable[[Message], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """One listener with its own cursor; `name` is kept in the database, so renaming starts it anew."""

    topics: tuple[str, ...]
    name: str
    run: Run
    history: bool


HANDLERS: dict[str, Handler] = {}


def on(*topics: str, history: bool = True) -> Callable[[Run], Run]:
    """Let the function hear every message of these topics, in order across them, exactly once in effect.

    It runs in a transaction of its own under the system's scope. `history=False`: a handler added later hears
    only what comes after it (notices to people), instead of everything ever published.
    """

    def register(run: Run) -> Run:
        app = run.__module__.split(".")[-2]
        name = f"{app}.{run.__name__}"
        if name in HANDLERS and HANDLERS[name].run is not run:
            raise ValueError(f"消息处理程序 {name} 重名，请改用另一个函数名。")
        HANDLERS[name] = Handler(topics, name, run, history)
        return run

    return register
