"""The steps by which the rules look at an application before people do (秒批)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.cases.procedure import step, to
from hongdun.registration.screening import actions as screening
from hongdun.registration.screening.registry import FILINGS

if TYPE_CHECKING:
    from hongdun.cases.procedure import Step
    from hongdun.registration.screening.registry import Screened


def screened_steps(
    code: str,
    screened: Screened,
    *,
    people: str,
    then: str,
    desk: str = "counter",
    done: str = "自动准予登记",
) -> tuple[Step, ...]:
    """The parting of ways first, where people begin at `people`; what the rules decided goes on at `then`.

    `desk`: the role that prints where the worker can't.
    """
    FILINGS[code] = screened
    printed = (_print(then, desk),) if screened.give_papers else ()
    return _screen(people), _rules("print" if printed else then, people, done), *printed


def _screen(people: str) -> Step:
    """Where the bureau lets the rules decide, the worker does it; what they don't register goes to people."""
    return step(
        "screen", "自动分流", "system",
        to("rules", "按规则审核", "rules", effect=screening.look),
        to("people", "转人工办理", people, effect=screening.look),
        automatic=screening.who_decides, clocked=False,
    )  # fmt: skip


def _rules(then: str, people: str, done: str) -> Step:
    return step(
        "rules", "自动审核", "system",
        to("register", done, then, tone="go", effect=screening.enter, clock="end"),
        to("people", "转人工办理", people, effect=screening.receive),
    )  # fmt: skip


def _print(then: str, desk: str) -> Step:
    """Done by the worker; where it can't, the counter prints."""
    return step(
        "print", "制作证照", desk,
        to("printed", "证照已生成", then, tone="go", effect=screening.give_papers),
        clocked=False,
    )  # fmt: skip
