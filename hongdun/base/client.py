from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from hongdun.lib import clients

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    return address_in(request.META)


def address_in(environ: Mapping[str, Any]) -> str:
    """Where a request comes from; X-Forwarded-For counts as far as HONGDUN_TRUSTED_PROXIES says."""
    forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
    return clients.address(environ.get("REMOTE_ADDR", ""), forwarded, trusted=settings.TRUSTED_PROXIES)
