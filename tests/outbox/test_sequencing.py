from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import ProgrammingError, connection, transaction

from hongdun.base import clock
from hongdun.base.actor import Actor
from hongdun.base.scope import acting, system_scope
from hongdun.outbox.actions import COLUMNS, VALUES, message_row, publish, sequence
from hongdun.outbox.models import Message, Position
from hongdun.outbox.queries import stream
from tests.outbox.builders import positions, publish_numbers

if TYPE_CHECKING:
    import psycopg

pytestmark = pytest.mark.db15
INSERT = f"INSERT INTO outbox_message ({', '.join(COLUMNS)}) VALUES ({VALUES})"


def officer(organ: int) -> Actor:
    return Actor(name="韦国强", kind="officer", organ=organ)


def test_an_undone_deed_is_not_heard_of(db: None) -> None:
    with transaction.atomic():
        publish("test.said")
        transaction.set_rollback(True)
    assert sequence() == 0


def test_positions_have_no_gaps_and_go_on(db: None) -> None:
    publish_numbers(3)
    assert sequence() == 3
    publish_numbers(2)
    assert sequence() == 2
    assert sequence() == 0
    assert positions() == [1, 2, 3, 4, 5]


def test_the_row_fits_a_larger_statement(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"WITH said AS ({INSERT}) SELECT 7", message_row("test.said", organ=450103000, n=1))
    with system_scope("测试"):
        assert Message.objects.get().body == {"n": 1}


def test_a_transaction_that_commits_late_is_not_passed_over(
    transactional_db: None, owner_sql: psycopg.Connection
) -> None:
    with owner_sql.transaction():
        owner_sql.execute(INSERT, message_row("test.late"))
        publish_numbers(2)
        assert sequence() == 2
    assert sequence() == 1
    with system_scope("测试"):
        assert [m.topic for m in stream(0, 10)] == ["test.said", "test.said", "test.late"]


def test_a_restored_row_of_a_far_transaction_is_numbered(
    transactional_db: None, owner_sql: psycopg.Connection
) -> None:
    owner_sql.execute(INSERT, message_row("test.restored"))
    owner_sql.execute("UPDATE outbox_message SET xid = '99999999999'::xid8")
    publish_numbers(1)
    assert sequence() == 2
    assert positions() == [1, 2]


def test_what_came_by_replication_long_after_its_time_is_found_by_the_full_look(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_numbers(1)
    monkeypatch.setattr("hongdun.outbox.actions.sequencing.now", lambda: clock.now() + timedelta(hours=2))
    assert sequence() == 0
    assert sequence(window=None) == 1


def test_many_writers_and_sequencers_leave_no_gap(transactional_db: None) -> None:
    def write(number: int) -> None:
        publish_numbers(10, writer=number)
        sequence()
        connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(6)))
    sequence()
    assert positions() == list(range(1, 61))
    assert Position.objects.values("message_id").distinct().count() == 60


def test_the_stream_shows_the_own_range_only(db: None) -> None:
    with system_scope("测试"):
        publish("test.said", organ=450103000)
        publish("test.said", organ=450200000)
        publish("test.said")
    sequence()
    counts = {}
    for organ in (450103000, 450100000, 450200000, 450000000, 450103001):
        with acting(officer(organ)):
            counts[organ] = len(stream(0, 10))
    assert counts == {450103000: 1, 450100000: 1, 450200000: 1, 450000000: 2, 450103001: 0}


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE outbox_message SET topic = ''",
        "DELETE FROM outbox_message",
        "UPDATE outbox_position SET position = 9",
        "DELETE FROM outbox_position",
    ],
)
def test_messages_and_positions_are_append_only(db: None, sql: str) -> None:
    with system_scope("测试"), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute(sql)
        transaction.set_rollback(True)


def test_only_the_system_gives_positions(db: None) -> None:
    publish_numbers(1)
    with acting(officer(450000000)), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="row-level security"):
            cursor.execute(
                "INSERT INTO outbox_position SELECT 1, id FROM outbox_message UNION SELECT 2, gen_random_uuid()"
            )
        transaction.set_rollback(True)
