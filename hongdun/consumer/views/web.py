"""The citizen's form: one topic a page, checked at the end, sent once however often the button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from hongdun.base.authorise import action, requires
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.consumer.actions import taking
from hongdun.consumer.forms.drafts import Draft, filing_of, sender_of
from hongdun.consumer.forms.web import BY_CODE, Evidence
from hongdun.consumer.models import Contact, Kind
from hongdun.consumer.queries import channels, contacts, reading
from hongdun.consumer.views.summary import rows_of
from hongdun.documents.errors import DocumentProblem
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

FILE = action("consumer.file", "网上投诉举报", "*")
SUGGESTED = 6
EVIDENCE, MOST_FILES = "evidence", 20


@requires(FILE)
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    draft = Draft(request.session)
    return render(request, "consumer/web_start.html", {"goes_on": bool(draft.pages) and not draft.sent})


@requires(FILE)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":  # from a bookmark
        return redirect("consumer:web")
    draft = Draft(request.session)
    if draft.sent or "anew" in request.POST:
        draft.start_anew()
        draft.save()
    return redirect("consumer:web_page", "kinds")


@requires(FILE)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    draft = Draft(request.session)
    shown = BY_CODE.get(code)
    if shown is None:
        raise Http404("没有这一页，请从投诉举报首页重新进入。")
    if shown not in draft.asked:
        return redirect("consumer:web_page", "kinds")
    if request.method == "POST":
        draft.keep(code, request.POST)
        draft.save()
    form = draft.form(shown)
    if request.method == "POST" and form.is_valid():
        return redirect(_after(draft, code))
    context = {
        "form": form, "heading": shown.label, "back_url": _before(draft, code), "caption": _place(draft, code),
        "submit_words": "继续", "finds": code == "whom",
    }  # fmt: skip
    return render(request, "consumer/web_page.html", context, status=422 if request.method == "POST" else 200)


def _codes(draft: Draft) -> list[str]:
    return [each.code for each in draft.asked] + [EVIDENCE]


def _address(code: str) -> str:
    return reverse("consumer:web_evidence") if code == EVIDENCE else reverse("consumer:web_page", args=[code])


def _after(draft: Draft, code: str) -> str:
    """Straight back to the check where everything else is there."""
    codes = _codes(draft)
    follows = codes[codes.index(code) + 1]
    if follows != EVIDENCE and follows in draft.pages and not draft.missing():
        return reverse("consumer:web_check")
    return _address(follows)


def _before(draft: Draft, code: str) -> str:
    at = _codes(draft).index(code)
    return _address(_codes(draft)[at - 1]) if at else reverse("consumer:web")


def _place(draft: Draft, code: str) -> str:
    codes = _codes(draft)
    return f"投诉举报　第 {codes.index(code) + 1} 步" + (f"，共 {len(codes)} 步" if draft.kinds else "")


@requires(FILE)
@require_http_methods(["GET", "POST"])
def evidence(request: HttpRequest) -> HttpResponse:
    draft = Draft(request.session)
    if not draft.kinds:
        return redirect("consumer:web_page", "kinds")
    if "remove" in request.POST:
        _remove(draft, request.POST["remove"])
        return redirect("consumer:web_evidence")
    form = Evidence(request.POST, request.FILES) if request.method == "POST" else Evidence()
    if request.method == "POST" and form.is_valid():
        _upload(draft, form)
        again = "more" in request.POST
        return redirect("consumer:web_evidence" if again else "consumer:web_check")
    context = {
        "form": form, "files": draft.files, "heading": "证据", "caption": _place(draft, EVIDENCE),
        "back_url": _before(draft, EVIDENCE), "submit_words": "继续",
    }  # fmt: skip
    return render(request, "consumer/web_evidence.html", context, status=422 if form.errors else 200)


def _upload(draft: Draft, form: Evidence) -> None:
    room = MOST_FILES - len(draft.files)
    organ = taking.organ_for(draft.sale_division)
    for found in taking.upload(form.cleaned_data["evidence"][:room], organ=organ):
        draft.files.append([str(found.id), found.filename])
    draft.save()


def _remove(draft: Draft, key: str) -> None:
    if key in {each[0] for each in draft.files}:
        draft.files = [each for each in draft.files if each[0] != key]
        draft.save()
        try:
            taking.remove(UUID(key))
        except DocumentProblem:  # pressed twice: it is gone already
            return


@requires(FILE)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    draft = Draft(request.session)
    if draft.sent:
        return redirect("consumer:web_done")
    missing = draft.missing()
    if missing:
        return redirect("consumer:web_page", missing)
    if request.method == "POST":
        draft.sent = str(_sent(draft).pk)
        draft.save()
        return redirect("consumer:web_done")
    context = {
        "cards": rows_of(draft), "files": draft.files,
        "is_split": {Kind.COMPLAINT, Kind.REPORT} <= draft.kinds,
    }  # fmt: skip
    return render(request, "consumer/web_check.html", context)


def _sent(draft: Draft) -> Contact:
    given = draft.answers()
    follows = reading.contact(UUID(draft.follows)) if draft.follows else None
    contact = taking.take_in(
        channel=settings.CONSUMER_WEB_CHANNEL, key=draft.key, payload=draft.payload(),
        organ=taking.organ_for(given.get("sale_division", "")), sender=sender_of(given), follows=follows,
    )  # fmt: skip
    return taking.file(contact, filing_of(given), evidence=draft.evidence).contact


@requires(FILE)
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    draft = Draft(request.session)
    if not draft.sent:
        return redirect("consumer:web")
    with system_scope("提交人查看编号"):
        contact = Contact.objects.get(pk=draft.sent)
        opened = list(Case.objects.filter(number__in=contacts.cases_of(contact)).order_by("opened"))
        way = channels.channel(contact.channel, on=contact.received_at.date())
        citation = way.citation
    context: dict[str, Any] = {
        "cases": opened, "reference": contacts.reference(contact), "citation": citation,
        "has_phone": bool(contact.sender_hash),
    }  # fmt: skip
    return render(request, "consumer/web_done.html", context)


@requires(FILE)
@require_GET
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """From the link in a reply: the form with what was written there, to be made a filing."""
    try:
        contact = taking.of_link(token)
    except signing.BadSignature:
        raise Http404("链接不完整或者已经过期（15 天），请重新填写，或者拨打 12315。") from None
    draft = Draft(request.session)
    draft.start_anew()
    draft.follows = str(contact.pk)
    draft.pages = reading.as_pages(contact)
    draft.save()
    return redirect("consumer:web_page", "kinds")


@requires(FILE)
@require_GET
def entities(request: HttpRequest) -> HttpResponse:
    """Public look-up while typing, as the search page answers anybody."""
    words = request.GET.get("q", "").strip()[:120]
    try:
        found = register.find(words, size=SUGGESTED) if words else register.Found()
    except register.TooSlow:
        found = register.Found(too_short=True)
    return render(request, "consumer/entities.html", {"found": found, "words": words})
