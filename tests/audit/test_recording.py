from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from hongdun.audit import actions as audit
from hongdun.audit.models import COLUMNS, Event, examine
from hongdun.audit.queries import VERBS, describe, of_subject
from hongdun.base.actor import system
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from tests.audit.builders import LIUZHOU, QINGXIU, events, officer

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

pytestmark = pytest.mark.db15
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
NUMBERS = st.integers() | st.floats(allow_nan=False) | st.decimals()
PLAIN = st.none() | st.booleans() | NUMBERS | WORDS | st.dates()
NESTED = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
DATA = st.dictionaries(WORDS, NESTED, max_size=4)


@pytest.fixture
def everywhere(db: None) -> Iterator[None]:
    with system_scope("测试"):
        yield


def stored() -> list[Any]:
    return list(Event.objects.order_by("id").values_list(*COLUMNS))


def test_an_undone_deed_leaves_no_event(everywhere: None) -> None:
    with transaction.atomic():
        audit.record("case.opened", actor=officer(), subject="case/1")
        transaction.set_rollback(True)
    assert stored() == []


def test_an_event_says_who_where_what_and_why(everywhere: None) -> None:
    actor = officer()
    audit.record(
        "case.opened", actor=actor, subject="case/1", reason="来文", day=date(2026, 1, 2), sum=Decimal("1.50")
    )
    event = Event.objects.get()
    assert (event.person, event.post, event.actor_name, event.organ) == (
        actor.person,
        actor.post,
        "韦国强",
        QINGXIU,
    )
    assert (event.kind, event.reason, event.data) == ("officer", "来文", {"day": "2026-01-02", "sum": "1.50"})
    assert event.xid > 0


def test_the_place_of_the_deed_may_differ_from_the_actor_s(everywhere: None) -> None:
    audit.record("case.moved", actor=officer(), subject="case/1", organ=LIUZHOU)
    assert Event.objects.get().organ == LIUZHOU


@limits(max_examples=60)
@given(data=DATA)
def test_the_code_survives_storage(everywhere: None, data: dict[str, Any]) -> None:
    actor = officer()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO audit_event ({', '.join(COLUMNS)}) VALUES ({audit.VALUES})",
                audit.row("test", actor=actor, subject="s", data=data),
            )
        assert all(examine(row, 1)[0] for row in stored())
        transaction.set_rollback(True)


def test_the_row_fits_a_larger_statement(everywhere: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH said AS (INSERT INTO audit_event ({', '.join(COLUMNS)}) SELECT {audit.VALUES}) SELECT 7",
            audit.row("case.opened", actor=officer(), subject="case/1"),
        )
        assert cursor.fetchone() == (7,)
    assert examine(stored()[0], 1)[0]


@pytest.mark.parametrize("reason", ["", "  "])
def test_personal_data_are_not_shown_without_a_reason(everywhere: None, reason: str) -> None:
    with pytest.raises(audit.ReasonMissing):
        audit.read_personal(actor=officer(), subject="person/1", fields=["phone"], reason=reason)
    assert stored() == []


def test_reading_personal_data_is_logged_and_told(everywhere: None) -> None:
    audit.read_personal(actor=officer(), subject="person/1", fields=["phone", "address"], reason="电话核实")
    event = of_subject("person/1").get()
    assert (event.verb, event.reason) == ("personal.read", "电话核实")
    assert describe(event) == "韦国强查看了个人信息（address、phone）"


def test_an_unregistered_verb_stands_as_it_is(everywhere: None) -> None:
    audit.record("never.registered", actor=system("试"), subject="x")
    assert "never.registered" not in VERBS
    assert describe(Event.objects.get()) == "系统：试：never.registered"


def test_each_sees_the_events_of_the_own_range_and_person(db: None) -> None:
    clerk, visitor = officer(), officer(LIUZHOU, name="莫小燕")
    with acting(clerk):
        audit.record("case.opened", actor=clerk, subject="case/1")
        audit.record("case.seen", actor=visitor, subject="case/1", organ=QINGXIU)
    seen = {}
    for name, who in {
        "county": officer(),
        "city": officer(450100000),
        "region": officer(450000000),
        "station": officer(450103001),
        "other city": officer(LIUZHOU),
        "person": officer(None, person=visitor.person),
    }.items():
        with acting(who):
            seen[name] = Event.objects.count()
    assert seen == {"county": 2, "city": 2, "region": 2, "station": 0, "other city": 0, "person": 1}


def test_without_a_scope_nothing_can_be_read(db: None) -> None:
    with pytest.raises(DatabaseError, match=r'hd\.lo|integer: ""'), transaction.atomic():
        Event.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_event SET reason = ''",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
        "SELECT * FROM audit_event_rest",
        "INSERT INTO audit_event_rest SELECT * FROM audit_event",
        "UPDATE audit_seal SET count = 0",
        "DELETE FROM audit_leaf",
        "SELECT hd_audit_extend(1)",
    ],
)
def test_the_app_can_only_add(everywhere: None, sql: str) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_months_are_ready_for_two_years(owner_sql: psycopg.Connection) -> None:
    months = "SELECT count(*) FROM pg_class WHERE relname ~ '^audit_event_[0-9]{4}_[0-9]{2}$'"
    assert owner_sql.execute(months).fetchone() == (26,)  # last month, this one, 24 ahead


def test_a_late_month_takes_its_rows_out_of_the_rest(
    transactional_db: None, owner_sql: psycopg.Connection
) -> None:
    def one(sql: str) -> Any:
        return owner_sql.execute(sql).fetchone()[0]

    part = one("SELECT max(relname) FROM pg_class WHERE relname ~ '^audit_event_[0-9_]+$'")
    owner_sql.execute(f"DROP TABLE {part}")
    [event] = events()
    owner_sql.execute(f"UPDATE audit_event SET at = '{part[-7:-3]}-{part[-2:]}-15'")
    assert one("SELECT count(*) FROM audit_event_rest") == 1
    assert one("SELECT hd_audit_extend(24)") == 1
    assert one("SELECT count(*) FROM audit_event_rest") == 0
    assert one(f"SELECT id FROM {part}") == event
    assert one(f"SELECT has_table_privilege('hongdun_app', '{part}', 'SELECT')") is False


def test_only_the_owner_maintains(db: None) -> None:
    with pytest.raises(CommandError, match="所有者"):
        call_command("maintain")


def test_ids_of_the_same_moment_are_kept_apart(everywhere: None) -> None:
    ids = {uuid7() for _ in range(1000)}
    assert len(ids) == 1000
