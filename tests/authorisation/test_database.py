"""The lock itself: raw SQL and every way through the ORM, as the serving role, in every relation to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.db.models import Count, Prefetch
from django.db.utils import DataError, ProgrammingError

from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Case, Notice, Recusal, Task
from hongdun.org.models import NumberSeries, Officer, Organ, Post
from hongdun.parties.models import Involvement, Person
from tests.authorisation.relations import CHENGZHONG, RELATIONS, Relation, a_subject, officer_in
from tests.cases import builders as cases
from tests.org.builders import QINGXIU

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.authorisation.relations import Subject

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def subject(lasting: None) -> Subject:
    return a_subject()


IN_SERVICE = [each for each in RELATIONS if not each.ended]

# Table and the column that names the case: each further table of a case adds a row here.
OF_A_CASE = (
    ("cases_case", "id"),
    ("cases_task", "case_id"),
    ("cases_transfer", "case_id"),
    ("documents_document", "case_id"),
)
# A shared case shows its file, not the sealed fields of the people in it; neither does the station's 承办.
OF_ITS_PEOPLE = (("parties_involvement", "case_id"),)


@pytest.mark.parametrize("relation", IN_SERVICE, ids=lambda each: each.name)
def test_rows_of_a_case_in_raw_sql(relation: Relation, subject: Subject) -> None:
    with acting(officer_in(relation, "examiner", subject)):
        for table, column in OF_A_CASE:
            assert (
                _count(table, column, subject) > 0 if relation.sees else _count(table, column, subject) == 0
            )
        for table, column in OF_ITS_PEOPLE:
            in_range = relation.sees and relation.name not in {"shared with", "station that handles it"}
            assert (_count(table, column, subject) > 0) is in_range


@pytest.mark.parametrize(
    "relation", [each for each in IN_SERVICE if not each.sees], ids=lambda each: each.name
)
def test_unseen_rows_cannot_be_written_in_raw_sql(relation: Relation, subject: Subject) -> None:
    with acting(officer_in(relation, "head", subject)), connection.cursor() as cursor:
        for table, column in OF_A_CASE[:2]:
            cursor.execute(f"UPDATE {table} SET organ = organ WHERE {column} = %s", [subject.case.id])
            assert cursor.rowcount == 0
            cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [subject.case.id])
            assert cursor.rowcount == 0


def test_an_organ_changes_only_by_transfer(subject: Subject) -> None:
    with acting(cases.officer("head", organ=QINGXIU)), connection.cursor() as cursor:
        for table, column in OF_A_CASE[:2]:
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                cursor.execute(
                    f"UPDATE {table} SET organ = %s WHERE {column} = %s", [CHENGZHONG, subject.case.id]
                )


@pytest.mark.parametrize("table", [table for table, _ in OF_A_CASE + OF_ITS_PEOPLE])
def test_without_a_scope_there_is_an_error_not_everything(table: str, subject: Subject) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('hd.lo', '', true), set_config('hd.hi', '', true)")
        with pytest.raises((DataError, ProgrammingError)), transaction.atomic():
            cursor.execute(f"SELECT count(*) FROM {table}")


def test_posts_are_made_in_range_only(subject: Subject) -> None:
    officer = subject.officer
    row = {"officer_id": officer, "role": "admin"}
    with acting(cases.officer("admin", organ=QINGXIU)):
        Post.objects.create(organ_id=QINGXIU, **row)
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Post.objects.create(organ_id=CHENGZHONG, **row)


def test_organs_are_the_owners() -> None:
    with (
        system_scope("测试"),
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
    ):
        Organ.objects.update(name="x")


@pytest.mark.parametrize("change", ["last = last + 2", "last = 1", "year = 1999, last = last + 1"])
def test_numbers_grow_by_one(change: str) -> None:
    with system_scope("测试"):
        NumberSeries.objects.create(organ_id=QINGXIU, year=2026, series="另", last=1)
    with system_scope("测试"), connection.cursor() as cursor:
        with pytest.raises(Exception, match="文号只能逐一递增"), transaction.atomic():
            cursor.execute(f"UPDATE org_numberseries SET {change}")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("DELETE FROM org_numberseries")


def _forward_key(subject: Subject) -> int:
    """A task in range whose case isn't must not open the case."""
    return len([task.case.title for task in Task.objects.filter(case_id=subject.case.id)])


def _join(subject: Subject) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM org_organ o JOIN cases_case c ON c.organ = o.code"
            " LEFT JOIN cases_task t ON t.case_id = c.id WHERE o.code = %s",
            [QINGXIU],
        )
        return int(cursor.fetchone()[0])


PATHS: dict[str, Callable[[Subject], int]] = {
    "all": lambda _: Case.objects.count(),
    "get": lambda s: Case.objects.filter(pk=s.case.pk).count(),
    "forward key": _forward_key,
    "select_related": lambda _: len(Task.objects.select_related("case")),
    "reverse key": lambda s: s.case.tasks.count() + s.case.notices.count() + s.case.children.count(),
    "prefetch_related": lambda _: len(Case.objects.prefetch_related("tasks", "recusals")),
    "annotate": lambda _: sum(c.n for c in Case.objects.annotate(n=Count("tasks"))),
    "aggregate across a join": lambda _: Task.objects.aggregate(n=Count("case__title"))["n"],
    "filter across a join": lambda _: Task.objects.filter(case__title__contains="广西").count(),
    "values across a join": lambda _: len(Task.objects.values("case__title")),
    "subquery": lambda _: Officer.objects.filter(id__in=Recusal.objects.values("officer")).count(),
    "union": lambda _: Case.objects.values("id").union(Notice.objects.values("case_id")).count(),
    "raw": lambda _: len(list(Case.objects.raw("SELECT * FROM cases_case"))),
    "cursor": lambda s: _count("cases_case", "id", s),
    "cursor join": _join,
    "_base_manager": lambda _: Case._base_manager.count(),
    "in_bulk": lambda s: len(Case.objects.in_bulk([s.case.pk])),
    "dates": lambda _: len(Case.objects.dates("received", "day")),
    "exists": lambda _: int(Case.objects.exists()),
    "select_for_update": lambda _: len(Case.objects.select_for_update()),
    "people": lambda s: Person.objects.filter(id=s.person).count() + Involvement.objects.count(),
    "people by prefetch": lambda _: len(
        Person.objects.prefetch_related(Prefetch("involvements", Involvement.objects.all()))
    ),
}


@pytest.mark.parametrize("path", PATHS)
def test_no_way_through_the_orm_leaks(path: str, subject: Subject) -> None:
    with acting(cases.officer("head", organ=CHENGZHONG)):
        assert PATHS[path](subject) == 0


@pytest.mark.parametrize("path", [path for path in PATHS if path != "subquery"])
def test_the_same_ways_find_the_case_in_range(path: str, subject: Subject) -> None:
    """Else the test above would pass on empty tables."""
    with acting(cases.officer("head", organ=QINGXIU)):
        assert PATHS[path](subject) > 0


def _count(table: str, column: str, subject: Subject) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [subject.case.id])
        return int(cursor.fetchone()[0])
