"""For pages with a softphone: `{% include "calls/softphone.html" %}`, and this around the view."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.conf import settings

from hongdun.base.middleware import CSP
from hongdun.calls.settings import telephony

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")


def with_softphone(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let the page connect to the call process, whose address may be another than the page's own."""

    @wraps(view)
    def allowed(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        seats = telephony(settings.HONGDUN_PORT).seats_url
        response.headers.setdefault("Content-Security-Policy", f"{CSP}; connect-src 'self' {seats}")
        return response

    return allowed
