"""The applicant asks for signatures; each signatory opens the link: who are you, the code, read, sign or decline."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hongdun.base import clock
from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.scope import system_scope
from hongdun.documents import queries as documents
from hongdun.registration import queries
from hongdun.registration.models import Signature
from hongdun.registration.signing import actions, forms, frozen, identity, links
from hongdun.registration.views.filing import FILE, draft_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

SIGN = action("registration.sign", "凭链接签署申请", "*")
READING = timedelta(minutes=30)
REASON = "凭签署链接办理"


@requires(FILE)
@require_POST
def invite(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Send each signatory a link; those who have a live one or have signed get none."""
    found = draft_of(request, draft_id)
    try:
        with transaction.atomic():
            asked = actions.invite(found.id, actor=actor_of(request))
    except actions.SigningRefused as refusal:
        messages.error(request, str(refusal))
    else:
        words = f"签署链接已发送给 {len(asked)} 人。" if asked else "链接都已发出，不必重复发送。"
        messages.success(request, words)
    return redirect(f"{reverse('check', args=[found.id])}#signatures")


@requires(SIGN)
@require_http_methods(["GET", "POST"])
def sign(request: HttpRequest, token: str) -> HttpResponse:
    """One address for the whole way; what comes next follows from how far the signatory is."""
    with system_scope(REASON):
        signature = _signature(token)
        if signature.state != Signature.State.WAITING or signature.draft.sent:
            return _ended(request, signature)
        if not _has_proved(request, signature):
            return _prove(request, signature, token)
        return _read(request, signature, token)


def _signature(token: str) -> Signature:
    wanted = links.read(token)
    found = Signature.objects.select_related("draft").filter(pk=wanted).first() if wanted else None
    if found is None:
        raise Http404("签署链接不完整。请从短信里完整复制，或者请申请人重新发送。")
    return found


def _ended(request: HttpRequest, signature: Signature) -> HttpResponse:
    return render(request, "registration/signing_ended.html", {"signature": signature})


def _key(signature: Signature) -> str:
    return f"signing.{signature.pk.hex}"


def _has_proved(request: HttpRequest, signature: Signature) -> bool:
    until = request.session.get(_key(signature), "")
    return bool(until) and datetime.fromisoformat(until) > clock.now()


def _prove(request: HttpRequest, signature: Signature, token: str) -> HttpResponse:
    """Name and figures, then the code; wrong ones are counted, so they are written down before the page says so."""
    step = request.POST.get("step", "")
    form: Any = forms.Code(request.POST) if step == "code" else forms.Identity(request.POST or None)
    asks_code, problem = step == "code", ""
    if request.method == "POST" and form.is_valid():
        problem = _tried(request, signature, form, step)
        if not problem and step == "code":
            return redirect("sign", token)
        if not problem:
            asks_code, form = True, forms.Code()
    if problem:
        form.add_error(None, problem)
    if not asks_code:
        form.fields["digits"].help_text = identity.check().hint(signature)
    context = {"signature": signature, "form": form, "asks_code": asks_code, "label": _label(signature)}
    return render(request, "registration/signing_prove.html", context, status=422 if form.errors else 200)


def _tried(request: HttpRequest, signature: Signature, form: Any, step: str) -> str:
    data = form.cleaned_data
    try:
        if step == "code":
            problem = actions.confirm_code(signature.pk, typed=data["code"])
            if not problem:
                request.session[_key(signature)] = (clock.now() + READING).isoformat()
            return problem
        return actions.identify(signature.pk, name=data["name"], digits=data["digits"])
    except actions.SigningRefused as refusal:
        return str(refusal)


def _label(signature: Signature) -> str:
    return queries.label(signature.draft.procedure_code)


def _read(request: HttpRequest, signature: Signature, token: str) -> HttpResponse:
    """Exactly what is signed; anything changed meanwhile has another hash and isn't shown as this."""
    draft = signature.draft
    decline = forms.Decline(request.POST if request.POST.get("step") == "decline" else None)
    problem = ""
    if request.method == "POST" and (request.POST.get("step") == "sign" or decline.is_valid()):
        try:
            with transaction.atomic():
                if request.POST.get("step") == "sign":
                    actions.sign(signature.pk)
                else:
                    actions.decline(signature.pk, reason=decline.cleaned_data["reason"])
            return redirect("sign", token)
        except actions.SigningRefused as refusal:
            problem = str(refusal)
    if not problem and frozen.fingerprint(draft) != signature.hash:
        problem = "申请人修改了申请，这个链接不再有效。请等新的签署链接。"
    context = {
        "signature": signature, "label": _label(signature), "token": token, "problem": problem, "decline": decline,
        "answers": [each for each in queries.answers(draft) if each[0] != "documents"], "papers": frozen.papers(draft),
    }  # fmt: skip
    status = 409 if problem else 422 if decline.is_bound and decline.errors else 200
    return render(request, "registration/signing_read.html", context, status=status)


@requires(SIGN)
@require_safe
def paper(request: HttpRequest, token: str, document_id: UUID) -> HttpResponse:
    """One of the papers that are signed, for whoever proved to be the signatory."""
    with system_scope(REASON):
        signature = _signature(token)
        found = next((each for each in frozen.papers(signature.draft) if each.pk == document_id), None)
        if found is None or not _has_proved(request, signature):
            raise Http404("请从签署页面打开材料。")
        response = HttpResponse(documents.content(found), content_type=found.content_type)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Cache-Control"] = "no-store"
    return response
