"""The steps of a filing about an individual business: one officer of the station looks and decides on the spot (细则 art. 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base.scope import system_scope
from hongdun.cases.procedure import step, to
from hongdun.registration import steps as usual
from hongdun.registration.steps import effects, returned

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from hongdun.base.actor import Actor
    from hongdun.cases.procedure import Step

MODE = "single"  # one officer examines and decides (独任登记)
WITHDRAWABLE = frozenset({"screen", "rules", "decide", "supplement", "objections"})
DESK = "station"


def decide(
    enter: Callable[..., None],
    decision: str = "予以登记",
    refusal: str = "不予登记",
    *,
    label: str = "审查并登记",
    then: str = "archive",
) -> Step:
    return step(
        "decide", label, DESK,
        to("register", decision, then, tone="go", effect=enter, clock="end"),
        returned(),
        to("refuse", refusal, needs=["grounds", "opinion"], tone="stop", effect=effects.refuse, stops=True, clock="end"),
        duty="approve",
    )  # fmt: skip


def supplement(receive_again: Callable[..., None] = effects.receive_again) -> Step:
    return usual.supplement(receive_again, then="decide")


def in_the_bureaus_name(actor: Actor) -> AbstractContextManager[Actor]:
    """A station registers in the name of the county bureau (条例 art. 5), whose rows lie outside its own range."""
    return system_scope(f"派出机构以登记机关名义登记（{actor.name}）")
