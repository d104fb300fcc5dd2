"""The sender follows a case without an account, by number and telephone; guessing is counted like a log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from hongdun.base.authorise import action, requires
from hongdun.base.client import address_of
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.actions import claiming, consent, evidence, rating
from hongdun.consumer.forms.beside import OwnEvidence
from hongdun.consumer.forms.consent import Stance
from hongdun.consumer.forms.progress import Asked, Claim, Rating
from hongdun.consumer.models import Contact
from hongdun.consumer.queries import contacts, progress
from hongdun.consumer.views.whereabouts import of_contact
from hongdun.org import actions as org

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.base.forms import GovForm
    from hongdun.cases.models import Case

PROGRESS = action("consumer.progress", "查询投诉举报进度", "*")
SALT = "consumer.progress"
HOUR = 3600
NAMES: dict[type[GovForm], str] = {Rating: "rating", OwnEvidence: "more", Stance: "stance", Claim: "claim"}
WRONG = "没有找到：请核对编号和登记时留的手机号。编号在登记时告诉过您，短信里也有。"


@requires(PROGRESS)
@require_http_methods(["GET", "POST"])
def look(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return render(request, "consumer/progress.html", {"form": Asked()})
    form = Asked(request.POST)
    if form.is_valid() and (case := _proven(request, form)):
        return of_contact(request, case) if isinstance(case, Contact) else _shown(request, case)
    return render(request, "consumer/progress.html", {"form": form}, status=422)


def _proven(request: HttpRequest, form: Asked) -> Case | Contact | None:
    number, address = form.cleaned_data["number"], address_of(request)
    key = org.account_key("progress", number)
    try:
        locking = org.count_attempt(key, org.address_key(address))
    except org.SignInRefused as refused:
        form.add_error(None, str(refused))
        return None
    find = contacts.find if contacts.is_reference(number) else progress.find
    case = find(number, form.cleaned_data["phone"])
    if case is None:
        org.record_failure(None, organ=None, address=address, step="progress", locking=locking)
        form.add_error(None, WRONG)
        return None
    org.forget_attempts(key)
    return case


def _shown(request: HttpRequest, case: Case, *, bad: GovForm | None = None, said: str = "") -> HttpResponse:
    seen = progress.of(case)
    context = {"progress": seen, "wrong": bad, "said": said, **_offered(case, seen)}
    if bad is not None:
        context[NAMES[type(bad)]] = bad
    return render(request, "consumer/progress_of.html", context, status=422 if bad else 200)


def _offered(case: Case, seen: progress.Progress) -> dict[str, GovForm]:
    """The forms for what the sender may do now."""
    may = {
        Rating: seen.may_rate,
        OwnEvidence: not case.closed,
        Stance: consent.is_asked(case),
        Claim: claiming.may_claim(case),
    }
    token = {"token": signing.dumps(str(case.pk), salt=SALT)}
    return {NAMES[form]: form(initial=token) for form, is_offered in may.items() if is_offered}


@requires(PROGRESS)
@require_POST
def attach(request: HttpRequest) -> HttpResponse:
    """One more paper or photo from the sender; it goes where the case now is."""
    case = _opened(request)
    if case is None:
        return _expired(request)
    form = OwnEvidence(request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, case, bad=form)
    upload = form.cleaned_data["file"]
    try:
        with system_scope("投诉人补充材料") as actor:
            evidence.add(
                case,
                data=upload.read(),
                filename=upload.name,
                kind=progress.OWN,
                actor=actor,
                person=case.person,
            )
    except cases.Refused as refused:
        form.add_error("file", str(refused))
        return _shown(request, case, bad=form)
    return _shown(request, case, said="材料已收到，承办人员会看到。")


def _opened(request: HttpRequest) -> Case | None:
    """The case that number and telephone opened within the hour."""
    try:
        return progress.by_key(signing.loads(request.POST.get("token", ""), salt=SALT, max_age=HOUR))
    except signing.BadSignature:
        return None


def _expired(request: HttpRequest) -> HttpResponse:
    return render(request, "consumer/progress.html", {"form": Asked(), "expired": True}, status=422)


@requires(PROGRESS)
@require_POST
def stance(request: HttpRequest) -> HttpResponse:
    """The sender's word on mediation, where an officer waits for it."""
    case = _opened(request)
    if case is None:
        return _expired(request)
    form = Stance(request.POST)
    if not form.is_valid():
        return _shown(request, case, bad=form)
    try:
        consent.answer(case, stance=form.cleaned_data["stance"], words=form.cleaned_data["words"])
    except cases.Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, case, bad=form)
    return _shown(request, case, said="答复已收到，承办人员会看到。")


@requires(PROGRESS)
@require_POST
def rate(request: HttpRequest) -> HttpResponse:
    case = _opened(request)
    if case is None:
        return _expired(request)
    form = Rating(request.POST)
    if not form.is_valid():
        return _shown(request, case, bad=form)
    try:
        rating.rate(case, rating=form.cleaned_data["rating"], words=form.cleaned_data["words"])
    except cases.Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, case, bad=form)
    return _shown(request, case, said="谢谢您的评价。")


@requires(PROGRESS)
@require_POST
def claim(request: HttpRequest) -> HttpResponse:
    """The reporter asks for the reward that is promised for a report that was found true."""
    case = _opened(request)
    if case is None:
        return _expired(request)
    form = Claim(request.POST)
    if not form.is_valid():
        return _shown(request, case, bad=form)
    try:
        reward = claiming.claim(case, words=form.cleaned_data["words"])
    except cases.Refused as refused:
        form.add_error(None, str(refused))
        return _shown(request, case, bad=form)
    return _shown(request, case, said=f"奖励申请已收到（{reward.number}）。决定后在本页给您发通知书。")
