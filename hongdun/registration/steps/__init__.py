"""The steps that every registration goes through: 受理 → 审查 → 核准 → 发照 → 归档; defects are told once (细则 art. 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration import handovers
from hongdun.registration.conflicts import queries as conflicts
from hongdun.registration.licence import handing
from hongdun.registration.screening.facts import with_screening
from hongdun.registration.steps import effects
from hongdun.registration.steps.screened import screened_steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongdun.cases.procedure import Outcome, Step
    from hongdun.registration.screening.registry import Screened

UNDECIDED = frozenset({"accept", "examine", "approve", "supplement"})
FORMS = "hongdun.registration.steps.forms"


def registration(
    *,
    code: str,
    label: str,
    law: str,
    facts: Callable[..., dict[str, Any]],
    enter: Callable[..., None],
    receive_again: Callable[..., None] = effects.receive_again,
    licence: bool = True,
    decision: str = "予以登记",
    refusal: str = "不予登记",
    checklist: str = f"{FORMS}.Checklist",
    delivery: str = f"{FORMS}.Delivery",
    delivered: Callable[..., None] = handing.hand_over,
    sheets: str = "",
    first: tuple[Step, ...] = (),
    screened: Screened | None = None,
    then: str = "archive",
) -> Procedure:
    """Build and register a procedure of the usual steps.

    `enter` writes the register when the approver decides; `receive_again` takes in what was mended. `law`: the name of the
    procedure in the law tables. `licence`: whether one is handed out, on the form `delivery`, with the effect `delivered`;
    `sheets`: where the data says whether there is one to hand out, if that isn't certain.
    `first`: steps before acceptance, in order; the last of them leads to "screen" where the rules look first.
    `screened`: what they look at before people do; `then`: where what they decided goes on, once it is printed.
    """
    rules = (
        screened_steps(code, screened, people="accept", then=then, done=f"自动{decision}") if screened else ()
    )
    before = (*first, *rules[:1])
    after = (issue(delivery, delivered, sheets),) if licence else ()
    people = (
        _accept(), _examine(refusal, checklist), _approve("issue" if licence else "archive", decision, refusal, enter),
        supplement(receive_again), *after, archive(sheets),
    )  # fmt: skip
    return register(
        Procedure(
            code=code, version=1, label=label, warnings=conflicts.findings, start=(*before, *people)[0].code,
            clock="registration_decision", series="登受", law=law, sent=handovers.sent,
            facts=with_screening(facts) if screened else facts, withdrawable=UNDECIDED | {s.code for s in before},
            steps=steps(*before, *people, *rules[1:]),
        )
    )  # fmt: skip


def returned() -> Outcome:
    return to(
        "return", "退回补正", "supplement", needs=["items"], effect=effects.tell_defects, clock="defect"
    )


def _accept() -> Step:
    return step(
        "accept", "受理", "clerk",
        to("accept", "予以受理", "examine", tone="go"),
        returned(),
        duty="accept", modes=["three"], skip="accept",
    )  # fmt: skip


def _examine(refusal: str, checklist: str) -> Step:
    return step(
        "examine", "审查", "examiner",
        to("pass", "拟予登记，报核准", "approve", tone="go"),
        returned(),
        to("propose_refusal", f"拟{refusal}，报核准", "approve", needs=["grounds", "opinion"], tone="stop"),
        duty="examine", modes=["pair", "three"], skip="pass", form=checklist,
    )  # fmt: skip


def _approve(after: str, decision: str, refusal: str, enter: Callable[..., None]) -> Step:
    return step(
        "approve", "核准", "approver",
        to("register", decision, after, tone="go", effect=enter, clock="end"),
        returned(),
        to("back", "退回审查", "examine", needs=["opinion"]),
        to(
            "refuse", refusal, needs=["grounds", "opinion"], tone="stop",
            effect=effects.refuse, stops=True, clock="end",
        ),
        duty="approve",
    )  # fmt: skip


def supplement(receive_again: Callable[..., None] = effects.receive_again, *, then: str = "accept") -> Step:
    return step(
        "supplement", "补正", "applicant",
        to("resubmit", "重新提交", then, tone="go", effect=receive_again, clock="resume"),
        clocked=False,
    )  # fmt: skip


def issue(delivery: str, delivered: Callable[..., None], sheets: str = "") -> Step:
    """`sheets`: name of the list in the case's data that is empty where nothing is to be handed out."""
    maybe = {"each": sheets, "skip": "issue"} if sheets else {}
    return step(
        "issue", "发照", "counter",
        to("issue", "已发照", "archive", tone="go", effect=delivered),
        clocked=False, form=delivery, **maybe,
    )  # fmt: skip


def archive(sheets: str = "") -> Step:
    return step(
        "archive", "归档", "archivist",
        to("archive", "归档", tone="go", effect=effects.archive),
        clocked=False, automatic=effects.archive_at_once, awaits=["issue"] if sheets else [],
    )  # fmt: skip
