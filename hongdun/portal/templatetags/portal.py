from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html, format_html_join

from hongdun.lib.particulars import ROLES, STATUSES
from hongdun.portal import queries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.safestring import SafeString

    from hongdun.base.parts import SummaryRow
    from hongdun.lib.matching import Part

register = template.Library()


SUMMARY_ROW = (
    '<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{}</dt>'
    '<dd class="govuk-summary-list__value">{}</dd></div>'
)


@register.simple_tag
def summary_rows(rows: Iterable[SummaryRow]) -> SafeString:
    """The longest list of an entity's page in one go; a loop of the template takes five times as long."""
    return format_html_join("", SUMMARY_ROW, ((row.label, row.value) for row in rows))


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
