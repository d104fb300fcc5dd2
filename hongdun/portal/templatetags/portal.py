from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join

from hongdun.lib.particulars import ROLES, STATUSES
from hongdun.portal import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from hongdun.lib.matching import Part

register = template.Library()


@register.filter
def status_colour(status: str) -> str:
    return queries.colour(status)


@register.filter
def role_label(role: str) -> str:
    return ROLES.get(role, role)


@register.filter
def status_label(status: str) -> str:
    return STATUSES.get(status, status)


@register.filter
def marked(parts: Iterable[Part]) -> SafeString:
    """A text with what was searched for marked in it."""
    shown = (
        format_html('<mark class="hd-mark">{}</mark>', part.text) if part.matched else part.text
        for part in parts
    )
    return format_html_join("", "{}", ((each,) for each in shown))
