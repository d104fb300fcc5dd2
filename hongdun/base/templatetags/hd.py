"""Page parts and value formats: `{% load hd %}`."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from hongdun.base import clock
from hongdun.base.forms import error_items

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django import forms
    from django.forms.boundfield import BoundField

    from hongdun.base.parts import Crumb, Happening, Pager, SummaryRow, TabLink, TaskItem

register = template.Library()

NOTHING = "—"
WORKDAYS = "个工作日"
DUE_SOON = 2  # days from which a deadline is shown as 黄灯
TAG_COLOURS = frozenset({"blue", "green", "grey", "magenta", "orange", "purple", "red", "teal", "yellow"})


# --- forms ---


@register.simple_tag
def govuk_form(form: forms.BaseForm | forms.BaseFormSet[Any]) -> SafeString:
    return form.render()


@register.simple_tag
def govuk_field(field: BoundField) -> SafeString:
    return field.as_field_group()


@register.inclusion_tag("govuk/error_summary.html")
def error_summary(*shown: forms.BaseForm | forms.BaseFormSet[Any] | None) -> dict[str, object]:
    """Errors of forms and form sets, each leading to its field; nothing for those absent or correct."""
    return {"errors": error_items(*(each for each in shown if each))}


# --- parts ---


@register.inclusion_tag("parts/summary_list.html")
def summary_list(rows: Iterable[SummaryRow], card: str = "", *, dense: bool = False) -> dict[str, object]:
    return {"rows": rows, "card": card, "dense": dense}


@register.inclusion_tag("parts/task_list.html")
def task_list(items: Iterable[TaskItem], prefix: str = "task") -> dict[str, object]:
    return {"items": items, "prefix": prefix}


@register.simple_tag
def tag(words: str, colour: str = "") -> SafeString:
    kind = f" govuk-tag--{colour}" if colour in TAG_COLOURS else ""
    return format_html('<strong class="govuk-tag{}">{}</strong>', kind, words)


@register.inclusion_tag("parts/pager.html")
def pager(page: Pager, noun: str = "条") -> dict[str, object]:
    """上一页 / 下一页; shows nothing when there is but one page."""
    return {"page": page, "noun": noun}


@register.inclusion_tag("parts/notification.html")
def notification(text: str, kind: str = "") -> dict[str, object]:
    return {"text": text, "success": kind == "success"}


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, url: str, words: str, count: str = "") -> SafeString:
    """A link of the main navigation, marked as current on its own page and the pages below it."""
    path = getattr(context.get("request"), "path", "")
    current = mark_safe(' aria-current="page"') if path.startswith(url) else ""
    figure = f" {count}" if count else ""
    return format_html('<a class="hd-nav__link" href="{}"{}>{}{}</a>', url, current, words, figure)


@register.simple_tag
def back_link(url: str, words: str = "返回") -> SafeString:
    return format_html('<a href="{}" class="govuk-back-link">{}</a>', url, words)


@register.inclusion_tag("parts/breadcrumbs.html")
def breadcrumbs(crumbs: Iterable[Crumb]) -> dict[str, object]:
    return {"crumbs": crumbs}


@register.inclusion_tag("parts/timeline.html")
def timeline(happenings: Iterable[Happening]) -> dict[str, object]:
    return {"happenings": happenings}


@register.inclusion_tag("parts/tab_links.html")
def tab_links(tabs: Iterable[TabLink], label: str = "分类") -> dict[str, object]:
    return {"tabs": tabs, "label": label}


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    return format_html(
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text">{}</div></details>',
        summary,
        content,
    )


@register.simple_block_tag
def filters(content: str, title: str = "筛选") -> SafeString:
    """The filter column of a list: at the left, folded up on phones."""
    return format_html(
        '<details class="hd-filters" open data-fold-on-phone>'
        '<summary class="hd-filters__title">{}</summary>{}</details>',
        title,
        content,
    )


@register.simple_tag
def deadline(
    days_left: int | None,
    due: dt.date | None = None,
    rule: str = "",
    *,
    provisional: bool = False,
    unit: str = WORKDAYS,
) -> SafeString:
    """Days left (negative: overdue) as words, colour and shape; None is a clock that stands still."""
    light, words = _deadline_words(days_left, due, unit)
    title = rule + ("；节假日安排尚未公布，暂按周末推算" if provisional else "")
    more = format_html(' title="{}"', title) if title else ""
    return format_html('<span class="hd-light hd-light--{}"{}>{}</span>', light, more, words)


def _deadline_words(days_left: int | None, due: dt.date | None, unit: str) -> tuple[str, str]:
    day = f"（{_without_this_year(due)}）" if due else ""
    if days_left is None:
        return "paused", "暂停计时"
    if days_left < 0:
        return "late", f"逾期 {-days_left} {unit}"
    if days_left == 0:
        return "soon", "今日到期"
    return "soon" if days_left <= DUE_SOON else "fine", f"剩 {days_left} {unit}{day}"


def _without_this_year(due: dt.date) -> str:
    return f"{due:%m-%d}" if due.year == clock.today().year else f"{due:%Y-%m-%d}"


# --- values ---


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """2026-11-22"""
    return f"{_local(value):%Y-%m-%d}" if value else NOTHING


@register.filter
def legal_day(value: dt.date | dt.datetime | None) -> str:
    """2026年11月22日"""
    return f"{value.year}年{value.month}月{value.day}日" if (value := _local(value)) else NOTHING


@register.filter
def moment(value: dt.datetime | None) -> str:
    """2026-11-22 10:05"""
    return f"{_local(value):%Y-%m-%d %H:%M}" if value else NOTHING


@register.filter
def short_moment(value: dt.datetime | None) -> str:
    """11-22 10:05, for dense tables of this year."""
    return f"{_local(value):%m-%d %H:%M}" if value else NOTHING


def _local(value: dt.date | dt.datetime | None) -> dt.date | dt.datetime | None:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


@register.filter
def yuan(value: Decimal | float | None) -> str:
    """1,234.50 元"""
    return NOTHING if value is None else f"{Decimal(str(value)):,.2f} 元"


@register.filter
def wan(value: Decimal | float | None) -> str:
    """50 万元, of an amount already in 万元"""
    return NOTHING if value is None else f"{_plain(Decimal(str(value)))} 万元"


@register.filter
def yuan_as_wan(value: Decimal | float | None) -> str:
    """50 万元, of an amount in 元"""
    return NOTHING if value is None else f"{_plain(Decimal(str(value)) / 10_000)} 万元"


def _plain(number: Decimal) -> str:
    text = f"{number:,.6f}"
    return text.rstrip("0").rstrip(".")


@register.filter
def grouped(value: int | None) -> str:
    """1,234,567"""
    return NOTHING if value is None else f"{value:,}"


@register.filter
def or_dash(value: object) -> object:
    """The value, or — with words for screen readers where there is none."""
    if value is None or value == "":
        return mark_safe('<span aria-hidden="true">—</span><span class="govuk-visually-hidden">无</span>')
    return value


@register.filter
def paragraphs(value: str | None) -> object:
    return linebreaksbr(value) if value else NOTHING
