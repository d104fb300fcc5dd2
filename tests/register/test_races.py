"""Two filings at once: the one that waited must read what the first wrote, and be entered after it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from hongdun.base.scope import acting
from hongdun.register import actions as register
from hongdun.register import queries
from hongdun.register.models import Entity, Version
from tests.register.builders import changed, company, founded, officer

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db15, pytest.mark.slow]
AT_ONCE = 6


def together(work: Callable[[int], object]) -> list[object]:
    gate = Barrier(AT_ONCE)

    def one(number: int) -> object:
        gate.wait()
        try:
            return work(number)
        except register.RegisterError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_changes_of_one_entity_are_entered_one_after_the_other() -> None:
    entity = founded()

    def rename(number: int) -> None:
        actor = officer()
        with acting(actor):
            now = queries.full(queries.latest(entity).version)
            register.change(
                entity=entity,
                particulars=replace(now, name=f"南宁{number}号商贸有限公司"),
                valid_from=date(2020, 1, 1),
                case_id=None,
                actor=actor,
            )

    assert together(rename) == [None] * AT_ONCE
    rows = sorted(Version.objects.filter(entity=entity), key=lambda row: row.known_from)
    open_rows = [row for row in rows if row.recorded.upper_inf]
    assert len([row for row in rows if row.particulars["name"] != company().name]) == AT_ONCE
    assert len(open_rows) == 2
    assert Entity.objects.get().name == open_rows[-1].particulars["name"]
    assert Entity.objects.get().version == AT_ONCE + 1
    assert all(row.recorded.upper > row.known_from for row in rows if row.recorded.upper)


def test_a_filing_that_waited_checks_again() -> None:
    entity = founded()

    def cancel(number: int) -> None:
        actor = officer()
        with acting(actor):
            register.set_status(
                entity=entity,
                status="cancelled",
                on=date(2022, 1, 1),
                reason="决议解散",
                case_id=None,
                actor=actor,
            )

    outcomes = together(cancel)
    assert outcomes.count(None) == 1
    assert sum(isinstance(outcome, register.RegisterError) for outcome in outcomes) == AT_ONCE - 1


def test_codes_drawn_at_once_differ() -> None:
    together(lambda number: founded(name=f"南宁{number}号商贸有限公司"))
    assert Entity.objects.count() == AT_ONCE
    assert len(set(Entity.objects.values_list("uscc", flat=True))) == AT_ONCE


def test_of_one_name_entered_twice_at_once_only_one_is() -> None:
    outcomes = together(lambda _: founded())
    refused = [each for each in outcomes if isinstance(each, register.RegisterError)]
    assert len(refused) == AT_ONCE - 1
    assert all("企业名称登记管理规定第十七条" in str(each) for each in refused)
    assert Entity.objects.count() == 1


def test_a_new_and_a_changed_name_meet_and_one_gives_way() -> None:
    """Both are looked up before either is entered, unless the name itself is held."""
    bearers = [founded(name=f"南宁{number}号商贸有限公司") for number in range(AT_ONCE)]

    def take(number: int) -> None:
        if number % 2:
            founded(name="南宁同名商贸有限公司")
        else:
            changed(bearers[number], date(2020, 1, 1), name="南宁同名商贸有限公司")

    assert together(take).count(None) == 1
    assert Entity.objects.filter(name="南宁同名商贸有限公司").count() == 1
