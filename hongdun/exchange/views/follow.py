"""The applicant's page of what is followed, and the small deeds on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hongdun.base.authorise import APPLICANT, action, actor_of, requires
from hongdun.exchange.actions import follows as actions
from hongdun.exchange.forms import MailForm, WordsForm
from hongdun.exchange.models import Follow, Follower
from hongdun.exchange.queries import follows as queries
from hongdun.lib import uscc as codes
from hongdun.parties import actions as parties
from hongdun.parties.models import Person
from hongdun.register import queries as register

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

FOLLOW = action("exchange.follow", "关注", APPLICANT)
SHOWN = 20


@requires(FOLLOW)
@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, *, status: int = 200, **forms: Any) -> HttpResponse:
    person = queries.person_of(actor_of(request))
    follower = queries.follower(person)
    code = codes.normalise(request.GET.get("entity", ""))
    wanted = register.current(code) if code else None
    mine = list(queries.follows(person))
    context = {
        "follows": mine,
        "found": queries.newest(person, SHOWN),
        "wanted": wanted,
        "unknown": code if code and not wanted else "",
        "already": wanted and any(each.key == wanted.uscc for each in mine),
        "feed": queries.feed_address(follower) if follower else "",
        "words_form": WordsForm(),
        "mail_form": MailForm(
            initial={"mail": follower.mail if follower else Follower.Mail.DAILY, "email": _mailbox(person)}
        ),
    }
    return render(request, "exchange/follow.html", context | forms, status=status)


def _mailbox(person: UUID) -> str:
    return next((each.email for each in Person.objects.filter(pk=person)), "")


@requires(FOLLOW)
@require_POST
def add_entity(request: HttpRequest) -> HttpResponse:
    try:
        started = actions.follow_entity(
            codes.normalise(request.POST.get("uscc", "")), actor=actor_of(request)
        )
    except actions.FollowError as error:
        messages.error(request, f"{error}。")
    else:
        messages.success(request, f"已关注“{started.label}”。")
    return redirect("exchange:follow")


@requires(FOLLOW)
@require_POST
def add_words(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            started = actions.follow_words(asked["kind"], asked["words"], actor=actor_of(request))
        except actions.FollowError as error:
            form.add_error("words", str(error))
        else:
            messages.success(request, f"已关注“{started.label}”。")
            return redirect("exchange:follow")
    return _page(request, status=422, words_form=form)


@requires(FOLLOW)
@require_POST
def stop(request: HttpRequest, number: UUID) -> HttpResponse:
    try:
        actions.stop(number, actor=actor_of(request))
    except Follow.DoesNotExist:
        raise Http404("没有这项关注，或者已经停止。") from None
    messages.success(request, "已停止关注。")
    return redirect("exchange:follow")


@requires(FOLLOW)
@require_POST
def choose_mail(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = MailForm(request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        mailbox = asked["email"] or _mailbox(queries.person_of(actor))
        if mailbox or asked["mail"] == "none":
            if asked["email"]:
                parties.update_person(queries.person_of(actor), email=asked["email"], actor=actor)
            actions.choose_mail(asked["mail"], actor=actor)
            messages.success(request, "已保存。")
            return redirect("exchange:follow")
        form.add_error("email", "请填写电子邮箱，例如 name@example.cn；不想收邮件的，请选“不发邮件”")
    return _page(request, status=422, mail_form=form)


@requires(FOLLOW)
@require_POST
def renew_feed(request: HttpRequest) -> HttpResponse:
    actions.renew_feed(actor=actor_of(request))
    messages.success(request, "订阅地址已更换，原来的地址不能再用。")
    return redirect("exchange:follow")
