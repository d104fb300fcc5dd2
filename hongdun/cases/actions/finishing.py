"""Close one task with its outcome, run its effect, open what follows; all or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongdun.audit import actions as audit
from hongdun.base import actor as actors
from hongdun.base import clock as wall
from hongdun.cases import queries
from hongdun.cases.actions import clock, routing, rows
from hongdun.cases.actions.errors import Incomplete, NotAllowed, NotOpen
from hongdun.cases.actions.tasks import Row, task_rows
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case, Task
    from hongdun.cases.procedure import Outcome

DUTY_FIELDS = {"accept": "acceptor", "examine": "examiner", "approve": "approver"}


@dataclass(frozen=True, slots=True)
class Decision:
    """What the actor gives with the outcome: an opinion, cited grounds, defects told once, the form's data."""

    outcome: str
    opinion: str = ""
    grounds: tuple[str, ...] = ()
    items: tuple[dict[str, str], ...] = ()
    data: dict[str, Any] = field(default_factory=dict)


def finish_step(number: str, step: str, decision: Decision, *, actor: Actor, instance: str = "") -> Case:
    """Close the open task `step` of case `number`; raises Refused with a sentence that says how to mend it.

    Repeating the same step with the same outcome by the same person changes nothing and returns the case.
    """
    held = rows.lock(number, officer=actor.person)
    if held is None:
        raise NotOpen(f"没有找到案件 {number}，或它不在您的管辖范围内。")
    case = held.case
    task = next((t for t in held.tasks if (t.step, t.instance) == (step, instance)), None)
    if task is None:
        return _repeated(case, step, instance, decision, actor)
    outcome = _checked(held, task, decision, actor)
    now = wall.now()
    _fill(task, decision, actor, now)
    if field_name := DUTY_FIELDS.get(task.duty):
        setattr(case, field_name, actor.person)
    others = [t for t in held.tasks if t is not task]
    if outcome.effect:
        outcome.effect(case, actor=actor, decision=decision)
    _turn_clock(case, outcome)
    still = [] if outcome.stops else others
    following = case.procedure.after(step, outcome.code, mode=case.mode, still_open=[t.step for t in still])
    if not following and not still:
        case.closed, case.outcome = now, outcome.code
        clock.stop(case)
    new = task_rows(
        case,
        following,
        at=now,
        data=case.data | decision.data,
        still_open=[t.step for t in still],
        roles=held.roles,
    )
    rows.write(
        case, task, at=now, stopped=[t for t in others if t not in still], opened=new, more=decision.data,
        event=audit.row(
            f"{case.procedure_code}.{step}.{outcome.code}", actor=actor, subject=case.number, organ=case.organ,
            case_id=case.id, grounds=list(decision.grounds), **_deputy(task),
        ),
        message=outbox.message_row(
            "case.moved", organ=case.organ, number=case.number, step=step, outcome=outcome.code, open=[r["step"] for r in new]
        ),
    )  # fmt: skip
    case.data |= decision.data
    if outcome.moves and (to := outcome.moves(case, decision=decision)):
        case = routing.route(case, to=to, actor=actor, reason=decision.opinion)
    return run_automatic(case, new)


def _checked(held: rows.Locked, task: Task, decision: Decision, actor: Actor) -> Outcome:
    case = held.case
    step = case.procedure.steps[task.step]
    outcome = step.outcomes.get(decision.outcome)
    if outcome is None:
        raise NotOpen(f"“{step.label}”没有“{decision.outcome}”这种办理结果，请刷新页面后重试。")
    if held.recused:
        raise NotAllowed("您已回避本案，请由其他人员办理。")
    if not queries.may_do(actor, task, case):
        raise NotAllowed(f"“{step.label}”不由您当前的岗位办理，请切换岗位或移交经办人。")
    _check_duties(held, task, actor)
    _check_needs(case, step.label, outcome, decision)
    return outcome


def _check_duties(held: rows.Locked, task: Task, actor: Actor) -> None:
    """Say it before the database does (CHECK case_duties_apart, trigger on the task)."""
    apart = queries.APART[held.case.mode]
    if task.duty in apart and actor.person and held.duties & (apart - {task.duty}):
        raise NotAllowed(
            f"本机关实行“{queries.mode_label(held.case.mode)}”：您已办理过本案的其他环节，请由另一人员办理。"
        )


def _check_needs(case: Case, label: str, outcome: Outcome, decision: Decision) -> None:
    if "grounds" in outcome.needs and not decision.grounds:
        raise Incomplete(f"“{outcome.label}”必须引用法律依据：请至少勾选一条依据。", field="grounds")
    if decision.grounds and not set(decision.grounds) <= {g.code for g in queries.grounds(case)}:
        raise Incomplete("所引依据在收件之日不是本业务的法定依据：请重新勾选。", field="grounds")
    if "items" in outcome.needs and not decision.items:
        raise Incomplete("一次性告知须列明全部需要补正的内容：请至少填写一项。", field="items")
    if "opinion" in outcome.needs and not decision.opinion.strip():
        raise Incomplete(f"请填写{label}意见，说明“{outcome.label}”的理由。", field="opinion")


def _fill(task: Task, decision: Decision, actor: Actor, now: Any) -> None:
    task.done, task.outcome, task.opinion = now, decision.outcome, decision.opinion.strip()
    task.done_by, task.done_post, task.done_name = actor.person, actor.post, actor.name
    task.data = {"grounds": list(decision.grounds), "items": list(decision.items)}
    if task.assignee in actor.deputises:
        task.data["for"] = str(task.assignee)


def _deputy(task: Task) -> dict[str, str]:
    return {"for": task.data["for"]} if "for" in task.data else {}


def _turn_clock(case: Case, outcome: Outcome) -> None:
    today = wall.today()
    if outcome.clock == "defect":
        clock.defect(case, today=today)
    elif outcome.clock == "resume":
        clock.resume(case, today=today)
    elif outcome.clock == "end":
        clock.stop(case)
    if outcome.starts:
        clock.begin(case, outcome.starts, on=today, regime=case.received)


def _repeated(case: Case, step: str, instance: str, decision: Decision, actor: Actor) -> Case:
    """Answer a double click with what already happened."""
    last = case.tasks.filter(step=step, instance=instance, done__isnull=False).order_by("-done").first()
    if last and last.done_by == actor.person and last.outcome == decision.outcome:
        return case
    if last:
        label = case.procedure.steps[step].label
        raise NotOpen(f"“{label}”已由{last.done_name}办理，案件已进入下一步。请返回待办列表。")
    raise NotOpen("案件当前不在这一步，请刷新页面查看进度。")


def run_automatic(case: Case, opened: list[Row]) -> Case:
    """Let the rules decide the steps that are theirs; returns the case as it stands afterwards."""
    for row in opened:
        step = case.procedure.steps[row["step"]]
        if step.automatic:
            outcome, reasons = step.automatic(case)
            case = finish_step(
                case.number,
                step.code,
                Decision(outcome, opinion="；".join(reasons), data={f"{step.code}_reasons": reasons}),
                actor=actors.system("自动办理"),
                instance=row["instance"],
            )
    return case
