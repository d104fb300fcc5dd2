"""Shops that wait for the end of the ten days: each is cancelled in its turn, whatever becomes of those before it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from hongdun.base import blocks
from hongdun.base.scope import system_scope
from hongdun.registration.individual.cancellation import actions as cancellation
from tests.registration import shops
from tests.registration.test_individual_changes import TODAY, again, closing, decide, take_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


@pytest.fixture
def day() -> Iterator[mock.Mock]:
    with mock.patch("hongdun.base.clock.today", return_value=TODAY) as today:
        yield today


def closed_in_the_simple_way() -> list[Entity]:
    station = shops.officer()
    found = [
        shops.registered(station),
        shops.registered(station, **{"operator-name": "韦大山", "operator-id_number": shops.number(45)}),
    ]
    for each in found:
        decide(station, take_in(station, "simple", each, closing()))
    return found


def test_shops_that_something_stands_against_hold_nobody_up(day: mock.Mock) -> None:
    barred, other = closed_in_the_simple_way()
    day.return_value = date(2026, 12, 5)

    def listed(entity: Any, *, on: date) -> list[blocks.Fact]:
        return [blocks.Fact("abnormal", f"{on} 被列入经营异常名录")] if entity == barred else []

    blocks.add(listed)
    try:
        with system_scope("测试"), mock.patch.object(cancellation, "MOST_AT_ONCE", 1):
            assert cancellation.cancel_where_nobody_objected() == 1
    finally:
        blocks.SOURCES.remove(listed)
    assert (again(barred).status, again(other).status) == ("active", "cancelled")
