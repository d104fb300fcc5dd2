"""The applicant files: start, fill in topic by topic, check, send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.forms import error_items
from hongdun.base.parts import TaskItem
from hongdun.cases import actions as cases
from hongdun.documents.errors import DocumentProblem
from hongdun.documents.writings import print_writing
from hongdun.org import queries as org
from hongdun.register import queries as register
from hongdun.registration import queries, times
from hongdun.registration.actions import drafts
from hongdun.registration.forms import Uploads
from hongdun.registration.inquiry import Bureau
from hongdun.registration.screening import queries as screening
from hongdun.registration.signing import queries as signing

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from hongdun.registration.forms import Topic
    from hongdun.registration.models import Draft

SERVICES = action("registration.services", "办事大厅", "*")
FILE = action("registration.file", "填写登记申请", "applicant", "clerk", "station")
BEGIN = action("registration.begin", "网上申请登记", "applicant")


@requires(SERVICES)
def services(request: HttpRequest) -> HttpResponse:
    return render(request, "registration/services.html", {"groups": queries.services()})


@requires(BEGIN)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, procedure: str) -> HttpResponse:
    if procedure not in queries.FILINGS:
        raise Http404("没有这个登记事项，请从办事大厅选择。")
    if request.method == "POST":
        started = drafts.start(procedure, actor=actor_of(request), uscc=request.GET.get("uscc", ""))
        return redirect("draft", started.id)
    pages = queries.topics(procedure)
    documents_page: Any = pages.get("documents")
    needed = documents_page({}, actor=actor_of(request)).required() if documents_page else ()
    about = queries.PROMISE.get(procedure, queries.ABOUT[procedure])
    context = {
        "label": queries.label(procedure),
        "pages": [page.label for page in pages.values()],
        "needed": needed,
        "about": about,
    }
    return render(request, "registration/begin.html", context | _expected(request, procedure))


def _expected(request: HttpRequest, procedure: str) -> dict[str, Any]:
    """How long it takes at the bureau asked about, and whether the rules decide there."""
    asked = Bureau(request.GET if "organ" in request.GET else None, initial={"organ": _organ_of(request)})
    organ = asked.cleaned_data["organ"] if asked.is_bound and asked.is_valid() else _organ_of(request)
    if organ is None:
        return {"bureau_form": asked}
    switch = screening.switch(organ, procedure, on=clock.today())
    return {
        "bureau_form": asked, "bureau": org.organ(organ), "usual": times.usual(organ, procedure),
        "by_rules": switch is not None and switch.on,
    }  # fmt: skip


def _organ_of(request: HttpRequest) -> int | None:
    """Where the entity is registered from whose page the applicant came."""
    found = register.current(request.GET.get("uscc", ""))
    return found.organ if found else None


@requires(FILE)
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = draft_of(request, draft_id)
    if found.sent:
        return redirect(_afterwards(request, found.case_number))
    items = [
        _task(found, code, page) for code, page in queries.topics(found.procedure_code, found.data).items()
    ]
    context = {
        "draft": found,
        "layout": _layout(request),
        "items": items,
        "label": queries.label(found.procedure_code),
        "complete": _complete(found),
    }
    return render(request, "registration/draft.html", context)


def _layout(request: HttpRequest) -> str:
    return "office.html" if actor_of(request).kind == "officer" else "public.html"


def _task(found: Draft, code: str, page: type[Topic]) -> TaskItem:
    blank = "可选" if page.optional else "未填写"
    status = "填写中" if code in found.typed else "已填写" if code in found.data else blank
    colours = {"填写中": "yellow", "未填写": "blue", "可选": "grey"}
    return TaskItem(page.label, status, f"/apply/{found.id}/{code}/", colour=colours.get(status, ""))


def _complete(found: Draft) -> bool:
    return not queries.unfinished(found)


@requires(FILE)
@require_http_methods(["GET", "POST"])
def topic(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    found = draft_of(request, draft_id)
    page = _page(request, found, code)
    if request.method == "POST" and (onward := _received(request, found, page)):
        return redirect(onward)
    return render(
        request,
        "registration/topic.html",
        _topic_context(found, page) | {"layout": _layout(request)},
        status=_status(page),
    )


@requires(FILE)
@require_POST
def keep(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    """Keep the topic as it is being typed; the page does so by itself."""
    found = draft_of(request, draft_id)
    drafts.keep_typed(found, code, _page(request, found, code).kept())
    return HttpResponse(status=204)


def _page(request: HttpRequest, found: Draft, code: str) -> Topic:
    pages = queries.topics(found.procedure_code, found.data)
    if code not in pages or found.sent:
        raise Http404("这份申请没有这一项，或者已经提交。请到“我的办件”查看。")
    posted = request.method == "POST"
    return pages[code](
        found.data,
        actor=actor_of(request),
        posted=request.POST if posted else None,
        files=request.FILES if posted else None,
        typed=found.typed.get(code),
    )


def _received(request: HttpRequest, found: Draft, page: Topic) -> str:
    """Save the topic if it is right, else keep what was typed; says where to go on, empty to stay."""
    leaving = "leave" in request.POST
    if not page.rearrange() and page.is_valid():
        drafts.save_topic(found, page.code, page.save())
        return f"/apply/{found.id}/" if leaving else _next(found, page.code)
    drafts.keep_typed(found, page.code, page.kept())
    return f"/apply/{found.id}/" if leaving else ""


def _status(page: Topic) -> int:
    return 422 if error_items(*(f for f in (page.form, page.formset) if f is not None)) else 200


def _next(found: Draft, code: str) -> str:
    codes = list(queries.topics(found.procedure_code, found.data))
    rest = [c for c in codes[codes.index(code) + 1 :] if c not in found.data and c != code]
    if rest:
        return f"/apply/{found.id}/{rest[0]}/"
    return f"/apply/{found.id}/"


def _topic_context(found: Draft, page: Topic) -> dict[str, Any]:
    codes = list(queries.topics(found.procedure_code, found.data))
    place = f"第 {codes.index(page.code) + 1} 项，共 {len(codes)} 项".replace(" ", "\N{NO-BREAK SPACE}")
    caption = f"{queries.label(found.procedure_code)} · {place}"
    return {
        "form": page.form, "formset": page.formset, "heading": page.label, "caption": caption, "lead": page.lead,
        "aside": page.aside, "page": page, "back_url": f"/apply/{found.id}/", "may_leave": True, "restored": page.restored,
        "autosave_url": f"/apply/{found.id}/{page.code}/keep/" if page.keeps_itself else "",
        "files_url": f"/apply/{found.id}/{page.code}/files/" if isinstance(page, Uploads) else "",
    }  # fmt: skip


@requires(FILE)
@require_GET
def paper(request: HttpRequest, draft_id: UUID, code: str) -> HttpResponse:
    """A paper that was written from a model, as it will be printed."""
    saved = draft_of(request, draft_id).data.get("papers", {}).get(code, {})
    if not saved.get("text"):
        raise Http404("这份文件还没有保存。请打开“章程、协议等文件”，核对后保存。")
    return HttpResponse(print_writing(saved["text"], made=clock.today()), content_type="application/pdf")


@requires(FILE)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = draft_of(request, draft_id)
    problem, mend_at = "", ""
    if request.method == "POST":
        try:
            with transaction.atomic():
                case = drafts.send(found.id, actor=actor_of(request))
        except (cases.Refused, DocumentProblem) as refusal:
            problem, mend_at = str(refusal), getattr(refusal, "field", "")
        else:
            return redirect(_afterwards(request, case.number, just_sent=True))
    elif found.sent:
        return redirect(_afterwards(request, found.case_number))
    places = signing.places(found) if _complete(found) else []
    context = {
        "draft": found,
        "places": places,
        "unsigned": signing.problem(found, places),
        "started_signing": any(place.signature for place in places),
        "draft_url": f"/apply/{found.id}/",
        "layout": _layout(request),
        "answers": queries.answers(found),
        "problem": problem,
        "mend_at": mend_at,
        "complete": _complete(found),
    }
    return render(request, "registration/check.html", context, status=409 if problem else 200)


def _afterwards(request: HttpRequest, number: str, *, just_sent: bool = False) -> str:
    """Applicants follow their case; an officer who entered it sees the case itself."""
    if actor_of(request).kind == "officer":
        return f"/cases/{number}/"
    return reverse("done" if just_sent else "own_case", args=[number])


@requires(FILE)
@require_POST
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    found = draft_of(request, draft_id)
    if found.sent is None:
        drafts.discard(found)
        messages.success(request, "草稿已删除。")
    return redirect("intake" if actor_of(request).kind == "officer" else "my")


def draft_of(request: HttpRequest, draft_id: UUID) -> Draft:
    found = queries.draft_of(actor_of(request), draft_id)
    if found is None:
        raise Http404("没有找到这份申请，它可能已被删除。请到“我的办件”查看。")
    return found
