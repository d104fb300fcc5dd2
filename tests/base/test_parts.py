from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from hongdun.base import clock
from hongdun.base.parts import Crumb, Happening, Pager, SummaryRow, TabLink, TaskItem


def shown(source: str, **context: object) -> str:
    return " ".join(Template("{% load hd %}" + source).render(Context(context)).split())


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ v|day }}", date(2026, 11, 2), "2026-11-02"),
        ("{{ v|day }}", datetime(2026, 11, 1, 17, 0, tzinfo=UTC), "2026-11-02"),
        ("{{ v|legal_day }}", date(2026, 11, 2), "2026年11月2日"),
        ("{{ v|moment }}", datetime(2026, 11, 22, 2, 5, tzinfo=UTC), "2026-11-22 10:05"),
        ("{{ v|short_moment }}", datetime(2026, 11, 22, 2, 5, tzinfo=UTC), "11-22 10:05"),
        ("{{ v|day }}", None, "—"),
        ("{{ v|yuan }}", Decimal("1234.5"), "1,234.50 元"),
        ("{{ v|wan }}", Decimal("50.00"), "50 万元"),
        ("{{ v|wan }}", Decimal("1200.5"), "1,200.5 万元"),
        ("{{ v|yuan_as_wan }}", Decimal(500_000), "50 万元"),
        ("{{ v|grouped }}", 1_234_567, "1,234,567"),
        ("{{ v|paragraphs }}", "<b>\n二", "&lt;b&gt;<br>二"),
    ],
)
def test_values_are_written_as_people_read_them(source: str, value: object, text: str) -> None:
    assert shown(source, v=value) == text


@pytest.mark.parametrize(
    ("days", "light", "words"),
    [
        (5, "fine", "剩 5 个工作日（11-24）"),
        (2, "soon", "剩 2 个工作日（11-24）"),
        (0, "soon", "今日到期"),
        (-1, "late", "逾期 1 个工作日"),
        (None, "paused", "暂停计时"),
    ],
)
def test_a_deadline_is_a_colour_and_words(
    monkeypatch: pytest.MonkeyPatch, days: int | None, light: str, words: str
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 18))
    html = shown("{% deadline days due rule='条例第十九条' %}", days=days, due=date(2026, 11, 24))
    assert html == f'<span class="hd-light hd-light--{light}" title="条例第十九条">{words}</span>'


def test_a_deadline_of_another_year_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 24))
    assert "（2027-01-23）" in shown("{% deadline 60 due unit='日' %}", due=date(2027, 1, 23))


def test_a_provisional_deadline_says_so() -> None:
    assert "暂按周末推算" in shown("{% deadline 5 due provisional=True %}", due=date(2027, 1, 4))


def test_counts_are_honest_and_one_page_has_no_links() -> None:
    assert "共 1,000+ 件" in shown(
        "{% pager page '件' %}", page=Pager(next_url="?after=x", total=1000, capped=True)
    )
    html = shown("{% pager page %}", page=Pager(total=3))
    assert "共 3 条" in html
    assert "下一页" not in html


def test_nothing_typed_by_people_becomes_markup() -> None:
    evil = "<script>"
    parts = {
        "{% summary_list v %}": [SummaryRow(evil, evil)],
        "{% task_list v %}": [TaskItem(evil, evil, hint=evil)],
        "{% timeline v %}": [Happening(date(2026, 1, 1), evil, evil, evil)],
        "{% tab_links v %}": [TabLink(evil, "/")],
        "{% breadcrumbs v %}": [Crumb(evil)],
        "{% tag v %}": evil,
        "{% notification v %}": evil,
        "{% details v %}x{% enddetails %}": evil,
        "{% back_link '/' v %}": evil,
        "{{ v|or_dash }}": evil,
    }
    for source, value in parts.items():
        html = shown(source, v=value)
        assert evil not in html, source
        assert "&lt;script&gt;" in html, source


def test_an_empty_answer_is_said_aloud() -> None:
    assert "无</span>" in shown("{% summary_list v %}", v=[SummaryRow("电话", "")])


def test_a_topic_that_cannot_start_has_no_link() -> None:
    html = shown("{% task_list v %}", v=[TaskItem("核对并提交", "前面填完后才能开始")])
    assert "href" not in html
    assert "cannot-start-yet" in html
