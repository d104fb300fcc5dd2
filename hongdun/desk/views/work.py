from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.parts import Pager
from hongdun.cases import actions as cases
from hongdun.cases import queries as case_queries
from hongdun.cases.queries import shown_task
from hongdun.desk import forms, queries
from hongdun.lib import tabular
from hongdun.org import queries as org

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Task

SEE = action("desk.work", "查看待办", "officer")
EXPORT = action("desk.export", "导出待办", "officer")
PLACES = ("after", "before")
MOST_EXPORTED = 10_000


@requires(SEE)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    first = queries.page(actor, queries.Wanted(), size=10)
    context = {
        "actor": actor,
        "organ": org.organ(actor.organ) if actor.organ else None,
        "cards": [*_cards(queries.lights(actor)), *_overdue_below(actor)],
        "rows": _rows(actor, first),
        "has_more": first.has_more,
        "arrived": queries.arrived_today(actor)[:10],
        "today": clock.today(),
    }
    return render(request, "desk/home.html", context)


def _cards(lights: dict[queries.Light, int]) -> list[dict[str, str]]:
    words: dict[queries.Light, str] = {
        "red": "已逾期",
        "yellow": "两个工作日内到期",
        "green": "未到期",
        "none": "不计时限",
    }
    return [
        {
            "light": light,
            "figure": _capped(lights[light]),
            "label": label,
            "url": f"/desk/work/?light={light}",
        }
        for light, label in words.items()
    ]


def _overdue_below(actor: Actor) -> list[dict[str, str]]:
    """What a head has to urge: everything overdue in the bureau and below, whoever has it."""
    if "head" not in actor.roles:
        return []
    late = queries.count(actor, queries.Wanted(below=True, lights=frozenset({"red"})))
    url = "/desk/work/?where=below&light=red"
    return [{"light": "red", "figure": _capped(late), "label": "本单位及下级逾期", "url": url}]


def _capped(number: int) -> str:
    return f"{queries.MOST:,}+" if number > queries.MOST else f"{number:,}"


@requires(SEE)
@require_http_methods(["GET", "POST"])
def work(request: HttpRequest) -> HttpResponse:
    """The work list; a POST hands the ticked tasks over to the officer chosen."""
    if request.method == "POST":
        return _hand_over(request)
    return _work_page(request)


def _work_page(request: HttpRequest, problem: str = "") -> HttpResponse:
    actor = actor_of(request)
    filters = forms.Filters(request.GET, actor=actor)
    wanted, cursor = filters.wanted(), forms.cursor(request.GET)
    found = queries.page(actor, wanted, cursor)
    if not found.tasks and cursor:
        return redirect(_address(request.GET))
    total = queries.count(actor, wanted)
    context = {
        "filters": filters,
        "rows": _rows(actor, found, request.GET),
        "page": _pager(request.GET, found, cursor, total),
        "late": _late_words(queries.count(actor, replace(wanted, lights=frozenset({"red"})))),
        "below": wanted.below,
        "filtered": any(value for key, value in request.GET.items() if key not in {*PLACES, "sort"}),
        "receivers": _receivers(actor, found.tasks),
        "chosen": set(request.POST.getlist("task")),
        "typed": request.POST,
        "query": _without_place(request.GET),
        "problem": problem,
    }
    return render(request, "desk/work.html", context, status=409 if problem else 200)


def _late_words(number: int) -> str:
    return f"逾期 {_capped(number)}" if number else ""


def _rows(actor: Actor, found: queries.Page, query: QueryDict | None = None) -> list[dict[str, Any]]:
    listed = _without_place(query) if query else ""
    today, kept_out = clock.today(), case_queries.kept_out(actor, found.tasks)
    return [
        {
            "task": task,
            "case": task.case,
            "kept_out": kept_out.get(task.id, ""),
            "deputy": task.assignee in actor.deputises,
            "shown": shown_task(task, today),
            "organ": getattr(task, "organ_name", "") or "",
            "assignee": getattr(task, "assignee_name", "") or "",
            "url": task.case.get_absolute_url() if task.id in kept_out else _open_url(actor, task, listed),
        }
        for task in found.tasks
    ]


def _open_url(actor: Actor, task: Task, listed: str) -> str:
    if not case_queries.may_do(actor, task, task.case):
        return task.case.get_absolute_url()
    more = {key: value for key, value in (("instance", task.instance), ("list", listed)) if value}
    return task.get_absolute_url() + (f"?{urlencode(more)}" if more else "")


def _pager(given: QueryDict, found: queries.Page, cursor: queries.Cursor | None, total: int) -> Pager:
    counted = Pager(total=min(total, queries.MOST), capped=total > queries.MOST)
    if not found.tasks:
        return counted
    backward = cursor is not None and cursor.back
    has_previous = found.has_more if backward else cursor is not None
    has_next = found.has_more or backward
    return replace(
        counted,
        previous_url=_address(given, before=forms.place(found.tasks[0])) if has_previous else "",
        next_url=_address(given, after=forms.place(found.tasks[-1])) if has_next else "",
    )


def _without_place(given: QueryDict) -> str:
    kept = given.copy()
    for name in PLACES:
        kept.pop(name, None)
    return kept.urlencode()


def _address(given: QueryDict, **place: str) -> str:
    query = "&".join(part for part in (_without_place(given), urlencode(place)) if part)
    return f"?{query}" if query else "/desk/work/"


def _receivers(actor: Actor, tasks: list[Task]) -> list[Any]:
    """Officers of the bureau who could do one of the tasks shown."""
    if actor.organ is None:
        return []
    posts = org.holders(organ=actor.organ, roles={task.role for task in tasks})
    return list({post.officer_id: post for post in posts}.values())


def _hand_over(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    tasks = [UUID(key) for key in request.POST.getlist("task") if _is_uuid(key)]
    to = request.POST.get("to", "")
    if not tasks:
        return _work_page(request, "请先勾选要移交的待办件。")
    if not to:
        return _work_page(request, "请选择接收人员，或选“退回本单位，不指定经办人”。")
    try:
        moved = cases.hand_over(
            tasks,
            to=UUID(to) if _is_uuid(to) else None,
            actor=actor,
            reason=request.POST.get("reason", "")[:200],
        )
    except cases.Refused as problem:
        return _work_page(request, str(problem))
    messages.success(request, f"已移交 {moved} 件。")
    return redirect(request.get_full_path())


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@requires(SEE)
@require_GET
def next_task(request: HttpRequest) -> HttpResponse:
    """Open the next task of the filtered list that this officer may do; at its end, the list itself."""
    actor = actor_of(request)
    wanted = forms.Filters(request.GET, actor=actor).wanted()
    listed = _without_place(request.GET)
    for cursor in dict.fromkeys([forms.cursor(request.GET), None]):
        tasks = queries.page(actor, wanted, cursor).tasks
        kept_out = case_queries.kept_out(actor, tasks)
        for task in tasks:
            if task.id not in kept_out and case_queries.may_do(actor, task, task.case):
                _say(request, "这是下一件。")
                return redirect(_open_url(actor, task, listed))
    _say(request, "这份清单里没有下一件了。")
    return redirect(_address(request.GET))


def _say(request: HttpRequest, words: str) -> None:
    """One banner for what was done and where one is now."""
    before = [str(message) for message in messages.get_messages(request)]
    messages.success(request, "".join([*before, words]))


@requires(EXPORT)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The filtered list as CSV for a spreadsheet, within the officer's range only."""
    actor = actor_of(request)
    wanted = forms.Filters(request.GET, actor=actor).wanted()
    found = queries.page(actor, wanted, size=MOST_EXPORTED)
    out = StringIO()
    out.write("\ufeff")  # so that spreadsheets read it as UTF-8
    sheet = csv.writer(out)
    sheet.writerow(["受理编号", "名称", "业务", "承办单位", "经办人", "到达", "期限", "状态"])
    for row in _rows(actor, found):
        sheet.writerow([tabular.cell(value) for value in _exported(row)])
    if found.has_more:
        sheet.writerow([f"只导出了前 {MOST_EXPORTED:,} 件，请缩小筛选范围后分次导出"])
    audit.record(
        "work.exported", actor=actor, subject="待办", count=len(found.tasks), filters=request.GET.urlencode()
    )
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="work-{clock.today()}.csv"'
    return response


def _exported(row: dict[str, Any]) -> list[str]:
    case, task = row["case"], row["task"]
    return [
        case.number, case.title, case.procedure.label, row["organ"], row["assignee"],
        f"{task.opened:%Y-%m-%d %H:%M}", str(task.due or ""), row["shown"].state,
    ]  # fmt: skip
