"""The applicant's webhooks: where to, how it went, and what may be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hongdun.base.authorise import action, actor_of, requires
from hongdun.exchange.actions import hooks as actions
from hongdun.exchange.forms import ReplayForm, WebhookForm
from hongdun.exchange.queries import changes
from hongdun.exchange.queries import hooks as queries
from hongdun.exchange.queries.follows import person_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse

    from hongdun.exchange.models import Webhook

PUSH = action("exchange.webhooks", "推送", "applicant")
DEEDS: dict[str, tuple[Callable[..., None], str]] = {
    "test": (actions.test, "测试消息已排队，几秒后刷新本页可看到结果。"),
    "enable": (actions.enable, "已重新启用，从停下的地方接着推送。"),
    "remove": (actions.remove, "推送地址已删除。"),
}


@requires(PUSH)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = actions.register(url=asked["url"], covers=asked["covers"], actor=actor)
        except actions.WebhookError as error:
            form.add_error("url", str(error))
        else:
            messages.success(request, "已登记。请把密钥配置到您的服务器，再发一条测试消息。")
            return redirect("exchange:webhook", made.pk)
    context = {"webhooks": queries.webhooks(person_of(actor)), "form": form}
    return render(request, "exchange/webhooks.html", context, status=422 if form.errors else 200)


@requires(PUSH)
@never_cache
@require_safe
def webhook(request: HttpRequest, number: UUID) -> HttpResponse:
    return _page(request, _found(request, number), ReplayForm())


def _page(request: HttpRequest, found: Webhook, form: ReplayForm) -> HttpResponse:
    context: dict[str, Any] = {
        "webhook": found,
        "deliveries": queries.deliveries(found),
        "form": form,
        "extent": changes.extent(),
    }
    return render(request, "exchange/webhook.html", context, status=422 if form.errors else 200)


def _found(request: HttpRequest, number: UUID) -> Webhook:
    found = queries.webhooks(person_of(actor_of(request))).filter(pk=number).first()
    if found is None:
        raise Http404("没有这个推送地址，或者已经删除。")
    return found


@requires(PUSH)
@require_POST
def act(request: HttpRequest, number: UUID, deed: str) -> HttpResponse:
    found = _found(request, number)
    if deed not in DEEDS:
        raise Http404("没有这个操作，请从推送地址的页面选择。")
    run, done = DEEDS[deed]
    run(found.pk, actor=actor_of(request))
    messages.success(request, done)
    return redirect("exchange:webhooks") if deed == "remove" else redirect("exchange:webhook", found.pk)


@requires(PUSH)
@require_POST
def replay(request: HttpRequest, number: UUID) -> HttpResponse:
    found = _found(request, number)
    form = ReplayForm(request.POST)
    if form.is_valid():
        after = form.cleaned_data["after"]
        try:
            actions.replay(found.pk, after=after, actor=actor_of(request))
        except actions.WebhookError as error:
            form.add_error("after", str(error))
        else:
            messages.success(request, f"从第 {after} 号之后重新推送。")
            return redirect("exchange:webhook", found.pk)
    return _page(request, found, form)
