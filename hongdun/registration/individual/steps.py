"""The steps of a filing about an individual business: one officer of the station looks and decides on the spot (细则 art. 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases.procedure import step, to
from hongdun.registration.steps import effects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

    from hongdun.base.actor import Actor
    from hongdun.cases.procedure import Step
    from hongdun.registration.allowable import Blocker

MODE = "single"  # one officer examines and decides (独任登记)
WITHDRAWABLE = frozenset({"decide", "supplement", "objections"})


def decide(enter: Callable[..., None], decision: str = "予以登记", refusal: str = "不予登记") -> Step:
    return step(
        "decide", "审查并登记", "station",
        to("register", decision, "archive", tone="go", effect=enter, clock="end"),
        to("return", "退回补正", "supplement", needs=["items"], effect=effects.tell_defects, clock="defect"),
        to("refuse", refusal, needs=["grounds", "opinion"], tone="stop", effect=effects.refuse, stops=True, clock="end"),
        duty="approve",
    )  # fmt: skip


def supplement(receive_again: Callable[..., None], then: str = "decide") -> Step:
    return step(
        "supplement", "补正", "applicant",
        to("resubmit", "重新提交", then, tone="go", effect=receive_again, clock="resume"),
        clocked=False,
    )  # fmt: skip


def archive() -> Step:
    return step(
        "archive", "归档", "archivist",
        to("archive", "归档", tone="go", effect=effects.archive),
        clocked=False, automatic=effects.archive_at_once,
    )  # fmt: skip


def in_the_bureaus_name(actor: Actor) -> AbstractContextManager[Actor]:
    """A station registers in the name of the county bureau (条例 art. 5), whose rows lie outside its own range."""
    return system_scope(f"派出机构以登记机关名义登记（{actor.name}）")


def refuse_blocked(blockers: Iterable[Blocker]) -> None:
    """What stands against a filing may have come up since its first page was filled in."""
    for blocker in blockers:
        raise cases.Incomplete(f"{blocker.text}（{blocker.article}）", field="entity")
