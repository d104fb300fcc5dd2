"""The hotlines that speak to us by signed HTTP."""

from __future__ import annotations

from django.conf import settings

from hongdun.base import partners


def hotlines() -> dict[str, partners.Partner]:
    return partners.load(settings.CONSUMER_HOTLINES, what=" 12345 对接方", listens=True)
