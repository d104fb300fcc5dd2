"""The page of one case: what it is about, how far it is, what may be done and what may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from hongdun.audit import queries as audit
from hongdun.base import clock
from hongdun.base.authorise import actor_of, requires
from hongdun.base.parts import Happening, SummaryRow
from hongdun.base.templatetags.hd import deadline, legal_day, moment
from hongdun.cases import queries
from hongdun.cases.actions.moving import HEADS
from hongdun.cases.views.common import VIEW, not_found, visible
from hongdun.cases.views.diagram import diagram_context
from hongdun.documents import queries as documents
from hongdun.lib import organs
from hongdun.org import queries as org
from hongdun.org.models import Level, Organ
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case, Task

MOST_EVENTS = 1_000
TONES = {"go": "good", "stop": "bad"}


@requires(VIEW)
@require_GET
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = visible(number)
    return not_found(request, number) if found is None else case_page(request, found)


def case_page(request: HttpRequest, found: Case, *, problem: str = "") -> HttpResponse:
    """The record page; with `problem`, after an action was refused, what was typed stays."""
    actor = actor_of(request)
    line = queries.timeline(found)
    context = {
        "case": found,
        "problem": problem,
        "summary": _summary(found),
        "facts": facts(found, request),
        "people": _people(found, line),
        "parties": list(parties.involved_in(found.id)),
        "documents": documents.of_case(found.id).order_by("created"),
        "notices": queries.notices(found),
        "sent": found.procedure.sent(found) if found.closed and found.procedure.sent else (),
        "history": _history(found, line),
        "actions": _actions(actor, found, [t for t in line if t.done is None]),
        "typed": request.POST,
        **diagram_context(found, line),
    }
    response = render(request, "cases/case.html", context, status=409 if problem else 200)
    response.is_island = True  # type: ignore[attr-defined]  # the diagram styles single elements
    return response


@requires(VIEW)
@require_GET
def trail(request: HttpRequest, number: str) -> HttpResponse:
    """Who did what and when, from the audit: the whole of it, for whoever has to answer for the case."""
    found = visible(number)
    if found is None:
        return not_found(request, number)
    events = [(e, queries.describe(e, found)) for e in audit.of_case(found.id)[:MOST_EVENTS]]
    return render(request, "cases/trail.html", {"case": found, "events": events, "most": MOST_EVENTS})


def facts(found: Case, request: HttpRequest) -> SafeString:
    """What the filing says, by the procedure's own template, else as the answers of its topics."""
    context = {"case": found} | (found.procedure.facts(found) if found.procedure.facts else {})
    templates = [f"procedures/{found.procedure_code}/facts.html", "cases/answers.html"]
    return render_to_string(templates, context, request)


def _summary(found: Case) -> list[SummaryRow]:
    organ, station = getattr(found, "organ_name", ""), getattr(found, "station_name", "")
    rows = [
        SummaryRow("业务", found.procedure.label),
        SummaryRow("办理机关", organ + (f"（承办：{station}）" if station else "")),
        # Who decides with whom is a question of registration; along the line of command nobody chooses.
        *([] if found.procedure.routed else [SummaryRow("登记方式", found.get_mode_display())]),
        SummaryRow("收到日期", legal_day(found.received)),
        SummaryRow("办理期限", _clock(found)),
    ]
    if found.closed:
        rows.append(SummaryRow("办结", f"{moment(found.closed)}　{outcome_label(found)}"))
    return rows


def _clock(found: Case) -> str:
    """Days left with the rule in text; what the clock does when it stands still."""
    rule = queries.rule_words(found.clock_rule, found.received)
    if not found.clock_rule:
        return "本业务没有法定办理期限"
    if found.closed:
        return rule
    unit = queries.unit_of(found.clock_rule, found.received)
    if found.clock_due is None:
        left = "" if found.clock_left is None else f"，暂停时剩 {found.clock_left} {unit.label}"
        return f"计时已停止{left}。{rule}"
    days = queries.days_left(found.clock_due, clock.today(), unit)
    extended = "（已延长）" if found.extended else ""
    light = deadline(days, found.clock_due, rule, provisional=found.clock_provisional, unit=unit.label)
    provisional = "　节假日安排尚未公布，暂按周末推算" if found.clock_provisional else ""
    return format_html("{}{}　{}届满。{}{}", light, extended, legal_day(found.clock_due), rule, provisional)


def outcome_label(found: Case) -> str:
    if found.outcome == "withdrawn":
        return "申请人撤回"
    labels = (
        s.outcomes[found.outcome].label for s in found.procedure.steps.values() if found.outcome in s.outcomes
    )
    return next(labels, found.outcome)


def _people(found: Case, line: list[Task]) -> list[SummaryRow]:
    """Who held each duty, by the name under which the step was done."""
    duties = {"受理人": found.acceptor, "审查人": found.examiner, "核准人": found.approver}
    names = {task.done_by: task.done_name for task in line if task.done_by}
    return [SummaryRow(label, names.get(who, "")) for label, who in duties.items() if who]


def _history(found: Case, line: list[Task]) -> list[Happening]:
    happened = [Happening(found.opened, found.procedure.arrived, text=found.number)]
    happened += [_done(found, task) for task in line if task.done and task.outcome != "stopped"]
    happened += [
        Happening(t.at, _way(t.source, t.target), text=f"{_short(t.source)} → {_short(t.target)}：{t.reason}")
        for t in (found.transfers.all() if getattr(found, "was_moved", True) else ())
    ]
    happened += [
        Happening(r.at, "登记回避", text=r.reason)
        for r in (found.recusals.all() if queries.recused(found) else ())
    ]
    happened.sort(key=lambda h: h.when)
    if found.outcome == "withdrawn" and found.closed:
        happened.append(Happening(found.closed, "申请人撤回申请", tone="bad"))
    waiting = [
        Happening(t.opened, f"等待{found.procedure.steps[t.step].label}", tone="now")
        for t in line
        if t.done is None
    ]
    return happened + waiting


def _done(found: Case, task: Task) -> Happening:
    step = found.procedure.steps[task.step]
    outcome = step.outcomes[task.outcome]
    lines = [task.opinion, *cited(task, found), *(f"· {item['text']}" for item in task.data.get("items", []))]
    return Happening(
        task.done or task.opened, f"{step.label}：{outcome.label}", _who(task), "\n".join(filter(None, lines)),
        tone=TONES.get(outcome.tone, ""),
    )  # fmt: skip


def _who(task: Task) -> str:
    return f"{task.done_name}（代不在岗的同事）" if "for" in task.data else task.done_name


def cited(task: Task, found: Case) -> list[str]:
    """The grounds of a decision as the law of the day of receipt words them."""
    known = {g.code: str(g) for g in queries.grounds(found)}
    return [f"依据：{known.get(code, code)}" for code in task.data.get("grounds", [])]


def _way(source: int, target: int) -> str:
    if source in organs.ancestors(target):
        return "分送下级"
    return "退回上级" if target in organs.ancestors(source) else "移送其他机关"


def _short(code: int) -> str:
    return org.organ(code).short


def _actions(actor: Actor, found: Case, opened: list[Task]) -> dict[str, Any]:
    open_here = not found.closed
    head = bool(actor.roles & HEADS)
    chief = "head" in actor.roles and actor.organ == found.organ
    steps = [(t, found.procedure.steps[t.step].label, queries.why_not(actor, t, found)) for t in opened]
    return {
        "steps": steps,
        "may_extend": open_here and chief and found.clock_due is not None and not found.extended,
        "why_not_extend": _why_not_extend(found, head=chief) if open_here else "",
        "may_recuse": open_here and actor.person not in queries.recused(found),
        "may_transfer": open_here and head and not found.procedure.routed,
        "bureaus": _bureaus(found) if open_here and head and not found.procedure.routed else [],
        "hand_over": [t for t, _, why in steps if not why or (head and t.role != "applicant")],
        "receivers": _receivers(found, opened),
    }


def _why_not_extend(found: Case, *, head: bool) -> str:
    if found.extended:
        return "办理期限已延长过一次。"
    return "" if head or not found.clock_due else "延长办理期限须由登记机关负责人批准。"


def _bureaus(found: Case) -> list[Organ]:
    standing = Organ.objects.on(clock.today()).filter(level__in=[Level.REGION, Level.CITY, Level.COUNTY])
    return list(standing.exclude(code=found.organ).order_by("code"))


def _receivers(found: Case, opened: list[Task]) -> list[Any]:
    posts = org.holders(organ=found.organ, roles={t.role for t in opened})
    return list({post.officer_id: post for post in posts}.values())
