from __future__ import annotations

from time import time
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hongdun.base import seat as seats
from hongdun.base.actor import Actor
from hongdun.base.authorise import OFFICER, PUBLIC, action, actor_of, requires
from hongdun.base.client import address_of
from hongdun.org import actions, queries
from hongdun.org.forms import CodeForm, PasswordForm, SignInForm
from hongdun.org.models import Officer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.base.seat import Seat

HOME = "/desk/"
PENDING, PENDING_SECONDS = "pending", 300
SIGN_IN = action("officer.sign_in", "工作人员登录", PUBLIC)
PASSWORD = action("officer.password", "修改口令", OFFICER)
CHOOSE_POST = action("officer.choose_post", "切换岗位", PUBLIC)


@requires(SIGN_IN)
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            officer = actions.prove_password(
                login=form.cleaned_data["login"],
                password=form.cleaned_data["password"],
                address=address_of(request),
            )
        except actions.SignInRefused as refused:
            form.add_error(None, str(refused))
        else:
            request.session[PENDING] = {
                "officer": str(officer.id),
                "at": int(time()),
                "next": seats.safe_next(request, HOME),
            }
            return redirect("org:second_factor")
    context = {"form": form, "why_ended": seats.why_ended(request), "next": seats.safe_next(request, HOME)}
    return render(request, "org/sign_in.html", context)


@requires(SIGN_IN)
@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    pending = request.session.get(PENDING)
    if not pending or time() - pending["at"] > PENDING_SECONDS:
        request.session.pop(PENDING, None)
        return redirect("org:sign_in")
    officer = Officer.objects.get(id=pending["officer"])
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.prove_code(officer=officer, code=form.cleaned_data["code"], address=address_of(request))
        except actions.SignInRefused as refused:
            form.add_error("code", str(refused))
        else:
            return _take_seat(request, officer, pending["next"])
    return render(request, "org/second_factor.html", {"form": form, "officer": officer})


def _take_seat(request: HttpRequest, officer: Officer, onward: str) -> HttpResponse:
    posts = queries.posts_of(officer.id)
    only = posts[0] if len(posts) == 1 else None
    seats.take(
        request,
        seats.new(
            "officer", officer.id, stamp=officer.stamp, post=only.id if only else None, name=officer.name
        ),
    )
    actor = queries.actor_for(only) if only else Actor(officer.name, "officer", officer.id)
    actions.record_session("officer.signed_in", officer=officer, actor=actor, address=address_of(request))
    if only:
        return redirect(onward)
    request.session["next"] = onward
    return redirect("org:choose_post")


@requires(CHOOSE_POST)
@never_cache
def choose_post(request: HttpRequest) -> HttpResponse:
    """One active post at a time: what may be seen is always one range."""
    seat = seat_of(request)
    if seat is None:
        return redirect("org:sign_in")
    posts = queries.posts_of(seat.person_id)
    if request.method == "POST":
        chosen = next((post for post in posts if str(post.id) == request.POST.get("post")), None)
        if chosen:
            onward = request.session.pop("next", HOME)
            seats.change_post(request, seat, chosen.id)
            actions.record_session(
                "officer.took_post", officer=chosen.officer, actor=queries.actor_for(chosen), left=seat.post
            )
            return redirect(onward)
        messages.error(request, "这个岗位已经截止，请在下面另选一个岗位。")
    held = UUID(seat.post) if seat.post else None
    return render(request, "org/choose_post.html", {"posts": posts, "held": held, "seat": seat})


@requires(PASSWORD)
@never_cache
def change_password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST or None)
    actor, seat = actor_of(request), seat_of(request)
    if request.method == "POST" and form.is_valid() and seat:
        officer = Officer.objects.get(id=seat.person_id)
        try:
            actions.change_password(
                officer=officer,
                present=form.cleaned_data["present"],
                password=form.cleaned_data["password"],
                actor=actor,
            )
        except actions.SignInRefused as refused:
            form.add_error("present", str(refused))
        else:
            seats.take(
                request,
                seats.new("officer", officer.id, stamp=officer.stamp, post=actor.post, name=officer.name),
            )
            messages.success(request, "口令已修改，您在别处的登录已结束。")
            return redirect("org:choose_post")
    return render(request, "org/password.html", {"form": form})


@requires(SIGN_IN)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    seat = seat_of(request)
    if seat:
        officer = Officer.objects.get(id=seat.person)
        actor = getattr(request, "actor", None) or Actor(officer.name, "officer", officer.id)
        actions.record_session("officer.signed_out", officer=officer, actor=actor)
    seats.leave(request)
    return redirect("org:sign_in")


def seat_of(request: HttpRequest) -> Seat | None:
    return cast("Seat | None", getattr(request, "seat", None))
