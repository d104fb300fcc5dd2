"""What the database was told of a transaction, and by whom: told once, told again wherever it is not so."""

from __future__ import annotations

from contextvars import copy_context

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hongdun.base.actor import Actor
from hongdun.base.scope import acting, current, system_scope

pytestmark = pytest.mark.django_db
QINGXIU = Actor("甲", "officer", organ=450_103_000)
CHENGZHONG = Actor("乙", "officer", organ=450_202_000)


def lowest() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('hd.lo', true)")
        return str(cursor.fetchone()[0])


def told(queries: CaptureQueriesContext) -> int:
    return sum("set_config" in each["sql"] for each in queries)


def test_the_same_scope_within_itself_is_told_once() -> None:
    with CaptureQueriesContext(connection) as queries, acting(QINGXIU), acting(QINGXIU):
        assert lowest() == "450103000"
    assert told(queries) == 1


def test_another_scope_is_told_and_taken_back() -> None:
    with acting(QINGXIU):
        with acting(CHENGZHONG):
            assert lowest() == "450202000"
        assert (lowest(), current()) == ("450103000", QINGXIU)
        with system_scope("测试"), acting(QINGXIU):
            assert lowest() == "450103000"
        assert lowest() == "450103000"


def test_a_scope_that_fails_takes_what_it_told_with_it() -> None:
    with acting(QINGXIU):
        with pytest.raises(ValueError, match="x"), acting(CHENGZHONG):
            raise ValueError("x")
        assert lowest() == "450103000"
        with acting(CHENGZHONG):
            assert lowest() == "450202000"


def test_a_context_of_before_does_not_speak_for_the_transaction_of_now() -> None:
    def within() -> str:
        with acting(QINGXIU):
            return lowest()

    with acting(QINGXIU):
        earlier = copy_context()
        with acting(CHENGZHONG):
            assert earlier.run(within) == "450103000"
            assert lowest() == "450202000"


def test_a_new_transaction_is_told_again() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic(), acting(QINGXIU):
        raise ZeroDivisionError
    with CaptureQueriesContext(connection) as queries, acting(QINGXIU):
        pass
    assert told(queries) == 1


def test_a_failure_within_ends_only_the_scope_that_has_a_savepoint() -> None:
    with acting(QINGXIU):
        with pytest.raises(ValueError, match="x"), acting(CHENGZHONG):
            raise ValueError("x")
        assert lowest() == "450103000"
        with pytest.raises(ValueError, match="x"), acting(CHENGZHONG, savepoint=False):
            raise ValueError("x")
        with pytest.raises(transaction.TransactionManagementError):
            lowest()
        transaction.set_rollback(False)


def test_savepoints_take_no_place_among_the_prepared_statements() -> None:
    with acting(QINGXIU):
        for _ in range(3):
            with acting(CHENGZHONG):
                lowest()
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            prepared = [statement for (statement,) in cursor.fetchall()]
    assert any("current_setting" in each for each in prepared)
    assert not any("SAVEPOINT" in each for each in prepared)
