from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from hongdun.lib import clients

if TYPE_CHECKING:
    from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Where a request comes from; X-Forwarded-For counts as far as HONGDUN_TRUSTED_PROXIES says."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return clients.address(request.META.get("REMOTE_ADDR", ""), forwarded, trusted=settings.TRUSTED_PROXIES)
