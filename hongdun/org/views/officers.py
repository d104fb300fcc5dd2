"""Administration of officers and posts in the administrator's own range."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pyotp
import segno
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from hongdun.base.authorise import action, actor_of, requires
from hongdun.base.clock import today
from hongdun.base.parts import Pager
from hongdun.org import actions, queries
from hongdun.org.forms import EndPostForm, OfficerForm, PostForm, ReasonForm
from hongdun.org.models import Officer, Post, Role

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

MANAGE = action("org.manage", "管理人员和岗位", Role.ADMIN)


@requires(MANAGE)
def officers(request: HttpRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()[:60]
    found = queries.officers_page(
        actor_of(request),
        search=search,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    pager = Pager(
        previous_url=_list_url(search, before=found.first) if found.has_previous else "",
        next_url=_list_url(search, after=found.last) if found.has_next else "",
        total=found.total,
    )
    context = {"officers": found.officers, "pager": pager, "search": search}
    return render(request, "org/officers.html", context)


def _list_url(search: str, **place: str) -> str:
    return f"?{urlencode({'q': search, **place} if search else place)}"


@requires(MANAGE)
@never_cache
def new_officer(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = OfficerForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        password, totp = secrets.token_urlsafe(12), pyotp.random_base32()
        officer = actions.add_officer(
            login=form.cleaned_data["login"],
            name=form.cleaned_data["name"],
            organ=form.cleaned_data["organ"].code,
            password=make_password(password),
            totp=totp,
            actor=actor,
        )
        return _once(request, officer, totp, password)
    return render(request, "org/new_officer.html", {"form": form})


@requires(MANAGE)
def officer(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    return _page(request, _in_range(request, officer_id))


@requires(MANAGE)
@require_POST
def add_post(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    found = _in_range(request, officer_id)
    form = PostForm(request.POST, actor=actor_of(request))
    # The officer is part of the form's own checks (nobody acts for himself).
    form.instance.officer = found
    if not form.is_valid():
        return _page(request, found, post_form=form)
    try:
        actions.add_post(post=form.save(commit=False), actor=actor_of(request))
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, found, post_form=form)
    messages.success(request, "岗位已设立。")
    return redirect("org:officer", found.id)


@requires(MANAGE)
@require_POST
def end_post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    actor = actor_of(request)
    post = Post.objects.filter(id=post_id, organ__code__range=actor.range).select_related("officer").first()
    if post is None:
        raise Http404("没有这个岗位，或者不在您管理的范围内。")
    form = EndPostForm(request.POST)
    if not form.is_valid():
        return _page(request, post.officer, end_form=form, ending=post)
    actions.end_post(
        post=post, last_day=form.cleaned_data["last_day"], reason=form.cleaned_data["reason"], actor=actor
    )
    messages.success(request, "岗位已结束。")
    return redirect("org:officer", post.officer_id)


@requires(MANAGE)
@require_POST
@never_cache
def reset_second_factor(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    found = _staffed_in_range(request, officer_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, reset_form=form)
    totp = pyotp.random_base32()
    actions.reset_second_factor(
        officer=found, totp=totp, reason=form.cleaned_data["reason"], actor=actor_of(request)
    )
    return _once(request, found, totp)


@requires(MANAGE)
@require_POST
def unlock(request: HttpRequest, officer_id: UUID) -> HttpResponse:
    found = _staffed_in_range(request, officer_id)
    actions.unlock(officer=found, actor=actor_of(request))
    messages.success(request, f"{found.name} 可以重新登录。")
    return redirect("org:officer", found.id)


def _in_range(request: HttpRequest, officer_id: UUID) -> Officer:
    """Officers staffed in the range, and those who hold a post there."""
    found = queries.officers_of(actor_of(request)).filter(id=officer_id).first()
    if found is None:
        raise Http404("没有这位工作人员，或者不在您管理的范围内。")
    return found


def _staffed_in_range(request: HttpRequest, officer_id: UUID) -> Officer:
    """Log-ins are the business of the bureau that employs the officer."""
    found = _in_range(request, officer_id)
    if not queries.in_range(found.organ_id, actor_of(request)):
        raise Http404("这位工作人员的编制不在您管理的范围内，请找其编制所在机关的系统管理员。")
    return found


def _page(request: HttpRequest, found: Officer, **forms: object) -> HttpResponse:
    posts = found.posts.select_related("organ", "on_behalf_of").order_by("-valid_from")
    context = {
        "officer": found,
        "posts": posts,
        "today": today(),
        "in_range": queries.in_range(found.organ_id, actor_of(request)),
        "post_form": PostForm(actor=actor_of(request)),
        "end_form": EndPostForm(initial={"last_day": today()}),
        "reset_form": ReasonForm(),
        **forms,
    }
    return render(request, "org/officer.html", context, status=422 if forms else 200)


def _once(request: HttpRequest, found: Officer, totp: str, password: str = "") -> HttpResponse:
    """Show the new secrets this one time; the database keeps a hash and a sealed field."""
    address = pyotp.TOTP(totp).provisioning_uri(name=found.login, issuer_name="红盾网")
    context = {
        "officer": found,
        "totp": totp,
        "password": password,
        "code": segno.make(address, error="m").svg_data_uri(scale=5),
    }
    return render(request, "org/secrets.html", context)
