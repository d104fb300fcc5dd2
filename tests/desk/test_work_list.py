"""The work list: every task exactly once whichever way it is paged, filters that mean what they say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Task
from hongdun.cases.queries import days_left
from hongdun.desk import forms, queries
from hongdun.desk.queries import Wanted
from tests.cases import builders as make
from tests.cases import procedures
from tests.cases.test_pages import sit

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor

pytestmark = pytest.mark.django_db
STATION = make.COUNTY + 1
FRIDAY, SUNDAY = date(2026, 11, 20), date(2026, 11, 22)


@pytest.fixture
def examiner() -> Actor:
    """An examiner with nine tasks: dated on three days, and three without a date."""
    for _ in range(6):
        make.case()
    clerk = make.officer("clerk")
    for _ in range(2):
        undated = make.case(procedures.JOIN)
        make.finish(undated.number, "receive", "accept", by=clerk)
    with system_scope("测试"):
        for number, task in enumerate(Task.objects.filter(due__isnull=False).order_by("id")):
            task.due += timedelta(days=number // 2)
            task.save(update_fields=["due"])
    return make.officer("examiner")


def _walk(actor: Actor, wanted: Wanted, *, back: bool = False) -> list[UUID]:
    """All pages of three, from the front or from the end."""
    seen: list[UUID] = []
    with acting(actor):
        whole = queries.page(actor, wanted).tasks
        cursor = queries.Cursor(whole[-1].due, whole[-1].pk, back=True) if back else None
        while (found := queries.page(actor, wanted, cursor, size=3)).tasks:
            edge = found.tasks[0] if back else found.tasks[-1]
            keys = [task.pk for task in found.tasks]
            seen = keys + seen if back else seen + keys
            assert found.has_more or len(found.tasks) <= 3
            if not found.has_more:
                break
            cursor = queries.Cursor(edge.due, edge.pk, back=back)
    return seen


@pytest.mark.parametrize("newest", [False, True])
@pytest.mark.parametrize("below", [False, True])
def test_paging_shows_every_task_once_in_order(examiner: Actor, *, newest: bool, below: bool) -> None:
    wanted = Wanted(newest=newest, below=below)
    with acting(examiner):
        whole = [task.pk for task in queries.page(examiner, wanted).tasks]
    assert len(whole) == 10
    assert _walk(examiner, wanted) == whole
    assert _walk(examiner, wanted, back=True) == whole[:-1]


def test_dated_tasks_come_first_and_the_most_urgent_on_top(examiner: Actor) -> None:
    with acting(examiner):
        dues = [task.due for task in queries.page(examiner, Wanted()).tasks]
    dated = [due for due in dues if due]
    assert dated == sorted(dated)
    assert dues[len(dated) :] == [None] * (len(dues) - len(dated))


def test_pages_are_linked_both_ways(examiner: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries.page, "__kwdefaults__", {"size": 4})
    client = sit(examiner)
    first = client.get("/desk/work/?q=有限")
    after = first.context["page"].next_url
    assert first.context["page"].previous_url == ""
    assert parse_qs(urlsplit(after).query)["q"] == ["有限"]
    second = client.get(f"/desk/work/{after}")
    assert second.context["page"].previous_url
    back = client.get(f"/desk/work/{second.context['page'].previous_url}")
    assert [r["task"].pk for r in back.context["rows"]] == [r["task"].pk for r in first.context["rows"]]
    assert client.get("/desk/work/?after=nonsense").status_code == 200


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ("", {"own", "undated"}),
        ("where=below", {"own", "undated", "station", "approve"}),
        ("light=none", {"undated"}),
        ("light=red", set()),
        ("light=green&light=yellow", {"own"}),
        ("procedure=test_join", {"undated"}),
        ("q=鑫源&where=below", {"own", "undated", "station", "approve"}),
        ("q=不存在", set()),
        ("where=below&state=approver", {"approve"}),
        ("assignee=me", set()),
        ("assignee=none", {"own", "undated"}),
        ("where=nowhere&light=blue&sort=sideways", {"own", "undated"}),
    ],
)
def test_filters_mean_what_they_say(given: str, seen: set[str]) -> None:
    undated = make.case(procedures.JOIN)
    make.finish(undated.number, "receive", "accept", by=make.officer("clerk"))
    approve = make.case()
    make.finish(approve.number, "examine", "agree", by=make.officer("examiner"))
    numbers = {
        "own": make.case().number, "undated": undated.number, "approve": approve.number,
        "station": make.case(organ=STATION).number,
    }  # fmt: skip
    make.case(organ=make.OTHER)
    page = sit(make.officer("examiner")).get(f"/desk/work/?{given}")
    found = {row["case"].number for row in page.context["rows"]}
    assert found == {numbers[name] for name in seen}


@pytest.mark.parametrize("organ", [450100000, make.REGION])
def test_a_city_and_the_region_see_what_lies_below_but_do_it_not(organ: int) -> None:
    case = make.case(title="桂林漓泉旅游发展有限公司")
    head = make.officer("head", organ=organ)
    with acting(head):
        assert queries.page(head, Wanted()).tasks == []
        assert [t.case.number for t in queries.page(head, Wanted(below=True, q="桂林漓泉")).tasks] == [
            case.number
        ]
        assert queries.page(head, Wanted(below=True, q="漓泉")).tasks == []
    page = sit(head).get("/desk/work/?where=below").content.decode()
    assert f'href="{case.get_absolute_url()}"' in page


def test_what_is_handed_to_another_is_not_mine() -> None:
    case, head, other = make.case(), make.officer("head"), make.officer("examiner", name="莫文")
    with system_scope("测试"):
        key = Task.objects.get(case=case.id).pk
    with acting(head):
        cases.hand_over([key], to=other.person, actor=head, reason="休假")
    examiner = make.officer("examiner")
    with acting(examiner):
        assert queries.page(examiner, Wanted()).tasks == []
    assert "莫文" in sit(head).get("/desk/work/?where=below").content.decode()


def test_counts_are_honest_beyond_what_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(4):
        make.case()
    monkeypatch.setattr(queries, "MOST", 3)
    page = sit(make.officer("examiner")).get("/desk/work/")
    assert page.context["page"].capped
    assert "3+" in page.content.decode()


def test_the_week_end_after_the_last_day_is_overdue() -> None:
    assert days_left(FRIDAY, FRIDAY) == 0
    assert days_left(FRIDAY, SUNDAY) == -1
    assert days_left(FRIDAY, date(2026, 11, 24)) == -2
    assert days_left(date(2026, 11, 24), SUNDAY) == 2


def test_an_overdue_case_is_red_in_list_and_home() -> None:
    make.case(received=date(2025, 9, 25))
    for role in ("examiner", "head"):
        client = sit(make.officer(role))
        home = client.get("/desk/").content.decode()
        assert "已逾期" in home
        assert ("本单位及下级逾期" in home) == (role == "head")
    page = sit(make.officer("examiner")).get("/desk/work/?light=red").content.decode()
    assert "逾期 1" in page
    assert "hd-light--late" in page


def test_a_page_costs_few_queries(examiner: Actor, django_assert_max_num_queries: object) -> None:
    client = sit(examiner)
    client.get("/desk/work/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]  # pytest-django's fixture
        client.get("/desk/work/")


def test_an_address_names_a_place_only_if_it_is_one() -> None:
    assert forms.cursor({"after": "2026-11-22_01a202c6-7052-7513-9eff-ade8c10d1a54"})
    assert forms.cursor({"before": "_01a202c6-7052-7513-9eff-ade8c10d1a54"}).back  # type: ignore[union-attr]  # it is one
    assert forms.cursor({"after": "2026-13-01_x"}) is None


def test_the_region_counts_by_index_past_the_tasks_done_long_ago() -> None:
    make.case()
    head = make.officer("head", organ=make.REGION)
    with acting(head), CaptureQueriesContext(connection) as seen:
        assert queries.count(head, Wanted(below=True)) == 1
    assert 'ORDER BY "cases_task"."due"' in seen.captured_queries[-1]["sql"]
