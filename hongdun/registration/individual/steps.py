"""The steps of a filing about an individual business: one officer of the station looks and decides on the spot (细则 art. 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base.scope import system_scope
from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration import handovers
from hongdun.registration import steps as usual
from hongdun.registration.screening.facts import with_screening
from hongdun.registration.steps import effects
from hongdun.registration.steps.screened import screened_steps

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from hongdun.base.actor import Actor
    from hongdun.cases.procedure import Step
    from hongdun.registration.screening.registry import Screened

MODE = "single"  # one officer examines and decides (独任登记)
WITHDRAWABLE = frozenset({"screen", "rules", "decide", "supplement", "objections"})
DESK = "station"


def shop_filing(
    *,
    code: str,
    label: str,
    law: str,
    facts: Callable[..., dict[str, Any]],
    enter: Callable[..., None],
    receive_again: Callable[..., None] = effects.receive_again,
    decision: str = "予以登记",
    refusal: str = "不予登记",
    heading: str = "审查并登记",
    screened: Screened | None = None,
    automatic: str = "自动准予登记",
    then: str = "archive",
    more: tuple[Step, ...] = (),
) -> Procedure:
    """Build and register it: the rules look first where it is `screened`, else and after them the officer decides.

    `enter` does what is decided; `then`: where it goes on, with `more` steps before the archive.
    """
    rules = (
        screened_steps(code, screened, people="decide", then=then, desk=DESK, done=automatic)
        if screened
        else ()
    )
    return register(
        Procedure(
            code=code, version=1, label=label, start=rules[0].code if rules else "decide",
            clock="registration_decision", series="登受", law=law,
            facts=with_screening(facts) if screened else facts, sent=handovers.sent, withdrawable=WITHDRAWABLE,
            steps=steps(
                *rules, _decide(enter, decision, refusal, label=heading, then=then), *more,
                usual.supplement(receive_again, then="decide"), usual.archive(),
            ),
        )
    )  # fmt: skip


def _decide(enter: Callable[..., None], decision: str, refusal: str, *, label: str, then: str) -> Step:
    return step(
        "decide", label, DESK,
        to("register", decision, then, tone="go", effect=enter, clock="end"),
        usual.returned(),
        to("refuse", refusal, needs=["grounds", "opinion"], tone="stop", effect=effects.refuse, stops=True, clock="end"),
        duty="approve",
    )  # fmt: skip


def in_the_bureaus_name(actor: Actor) -> AbstractContextManager[Actor]:
    """A station registers in the name of the county bureau (条例 art. 5), whose rows lie outside its own range."""
    return system_scope(f"派出机构以登记机关名义登记（{actor.name}）")
