from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hongdun.base import seat as seats
from hongdun.base.authorise import APPLICANT, OFFICER, PUBLIC, action, actor_of, requires
from hongdun.base.client import address_of
from hongdun.base.clock import today
from hongdun.base.identity import provider
from hongdun.org.actions import SignInRefused
from hongdun.parties import actions, queries
from hongdun.parties.forms import KeyForm, RegisterForm, RevealForm, SignInForm
from hongdun.parties.models import Account, ApiKey, Person

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

HOME = "/my/"
SHOWN_DAYS = 31
SIGN_IN = action("account.sign_in", "申请人登录", PUBLIC)
REGISTER = action("account.register", "注册申请人账号", PUBLIC)
KEYS = action("api_key.manage", "管理接口密钥", APPLICANT)
REVEAL = action("person.reveal", "查看当事人信息", OFFICER)


@requires(SIGN_IN)
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.prove_password(
                login=form.cleaned_data["phone"],
                password=form.cleaned_data["password"],
                address=address_of(request),
            )
        except SignInRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _take_seat(request, person)
    context = {"form": form, "why_ended": seats.why_ended(request), "next": seats.safe_next(request, HOME)}
    return render(request, "parties/sign_in.html", context)


@requires(REGISTER)
@never_cache
def register(request: HttpRequest) -> HttpResponse:
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            account = actions.register_account(
                name=asked["name"],
                id_number=asked["id_number"],
                phone=asked["phone"],
                email=asked["email"],
                password=asked["password"],
            )
        except actions.AccountTaken:
            form.add_error("phone", "这个手机号已经注册，请直接登录；不是您本人注册的，请到登记窗口办理")
        else:
            return _take_seat(request, account.person)
    context = {"form": form, "next": seats.safe_next(request, HOME), "identity": provider().words}
    return render(request, "parties/register.html", context)


def _take_seat(request: HttpRequest, person: Person) -> HttpResponse:
    account = Account.objects.get(person=person.id)
    onward = seats.safe_next(request, HOME)
    seats.take(request, seats.new("applicant", person.id, stamp=account.stamp, name=person.name))
    actions.record_session("account.signed_in", person=person, address=address_of(request))
    return redirect(onward)


@requires(SIGN_IN)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    seats.leave(request)
    return redirect("/")


@requires(REVEAL)
@never_cache
def reveal(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """A person's sealed fields: masked, one in full for a reason that is logged."""
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise Http404("没有这位当事人，或者当事人不在您岗位的范围内。")
    form = RevealForm(request.POST or None)
    shown = ""
    if request.method == "POST" and form.is_valid():
        shown = actions.reveal(
            person,
            field=form.cleaned_data["field"],
            reason=form.cleaned_data["reason"],
            actor=actor_of(request),
            case_id=queries.case_of(person, request.GET.get("case", "")),
        )
    context = {
        "form": form,
        "person": person,
        "masked": queries.masked(person),
        "shown": shown,
        "back": seats.safe_next(request, "/desk/"),
    }
    return render(request, "parties/reveal.html", context)


@requires(KEYS)
@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """The applicant's keys; a new one is shown in the answer that made it, and never again."""
    actor = actor_of(request)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            key, secret = actions.make_key(name=form.cleaned_data["name"], actor=actor)
        except actions.KeyRefused as refused:
            form.add_error("name", str(refused))
        else:
            return _show_secret(request, key, secret)
    own = list(queries.keys_of(actor.person))
    used = queries.usage(own)
    context = {
        "form": form,
        "keys": [(key, used.get((key.pk, today()), 0)) for key in own],
        "most": actions.MOST_KEYS,
    }
    return render(request, "parties/keys.html", context)


@requires(KEYS)
@never_cache
def key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    found = _own_key(request, key_id)
    used = [(day, count) for (_, day), count in sorted(queries.usage([found]).items(), reverse=True)]
    return render(request, "parties/key.html", {"key": found, "used": used[:SHOWN_DAYS]})


@requires(KEYS)
@require_POST
@never_cache
def roll_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    found = _own_key(request, key_id, revoked=None)
    return _show_secret(request, found, actions.roll_key(found, actor=actor_of(request)))


@requires(KEYS)
@require_POST
def revoke_key(request: HttpRequest, key_id: UUID) -> HttpResponse:
    found = _own_key(request, key_id, revoked=None)
    actions.revoke_key(found, actor=actor_of(request))
    return redirect("parties:keys")


def _own_key(request: HttpRequest, key_id: UUID, **also: None) -> ApiKey:
    return get_object_or_404(queries.keys_of(actor_of(request).person), id=key_id, **also)


def _show_secret(request: HttpRequest, key: ApiKey, secret: str) -> HttpResponse:
    return render(request, "parties/key_shown.html", {"key": key, "secret": secret})
