"""What holds for the whole public API and the look-up pages: limits, keys, and cross-origin reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

from hongdun.base import answers, limits, proofs
from hongdun.portal import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

API = "/api/v1/"
PAGES = ("/search/", "/entity/", "/verify/", "/names/", "/notices/", "/12315/entities/")


class PublicAccess:
    """Strangers are counted by address, programs by key; who is signed in reads, and types a name, as they like."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(API) and request.method != "OPTIONS":
            return self._api(request)
        if request.path.startswith(PAGES) and not _is_signed_in(request):
            return self._counted(request, actions.stranger(request.META))
        return self.get_response(request)

    def _api(self, request: HttpRequest) -> HttpResponse:
        try:
            caller = actions.caller_of(request.META)
        except actions.BadKey as error:
            response = answers.problem(answers.BAD_KEY, str(error))
            response.headers["WWW-Authenticate"] = "Bearer"
            return response
        if caller.key is None and _is_signed_in(request):
            return self.get_response(request)
        return self._counted(request, caller)

    def _counted(self, request: HttpRequest, caller: actions.Caller) -> HttpResponse:
        try:
            standing = actions.count(request.META, caller)
        except proofs.Unproven as error:
            return answers.problem(answers.BAD_PROOF, str(error))
        response = _refusal(request, caller, standing) if standing and standing.refused else None
        response = response or self.get_response(request)
        for name, value in standing.headers() if standing else []:
            response.headers[name] = value
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    return getattr(request, "actor", None) is not None


def _refusal(request: HttpRequest, caller: actions.Caller, standing: limits.Standing) -> HttpResponse:
    """Until when to wait, and for the anonymous a challenge that earns another allowance at once."""
    challenge = None if caller.key else proofs.challenge(caller.bucket)
    if not request.path.startswith(API):
        context = {"standing": standing, "challenge": challenge}
        return render(request, "portal/too_many.html", context, status=429)
    more = {"challenge": challenge.as_json()} if challenge else {}
    return answers.problem(answers.TOO_MANY, _detail(caller, standing), **more)


def _detail(caller: actions.Caller, standing: limits.Standing) -> str:
    quota = caller.quota
    spent = f"今日 {quota.per_day} 次" if standing.day_is_over else f"每分钟 {quota.per_minute} 次"
    more = (
        "需要更高额度请与登记机关联系"
        if caller.key
        else "也可以解答 challenge 再得一份额度，或者登录后在 /account/keys/ 建立密钥"
    )
    return f"{spent}的额度已用完，请在 {standing.wait} 秒后再试；{more}"
