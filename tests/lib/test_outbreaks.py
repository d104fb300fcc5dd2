from __future__ import annotations

from datetime import date, timedelta
from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import outbreaks, plausible_calls
from hongdun.lib.outbreaks import BASELINE, GUARD, LEAST, QUIET, Alarm, Counts, Period, Watch

TODAY = date(2026, 3, 6)
FIRST = TODAY - timedelta(days=BASELINE + GUARD)


def steady(*, weekend: int = 60) -> Counts[str]:
    """A hundred items a working day without a stream, one each day of a small shop."""
    counts: Counts[str] = Counts([])
    for number in range(BASELINE + GUARD + 1):
        day = FIRST + timedelta(days=number)
        counts.add(day, None, 100 if day.weekday() < 5 else weekend)
        counts.add(day, "shop")
    return counts


def watch(counts: Counts[str], day: date = TODAY) -> list[Alarm[str]]:
    return Watch(counts, day, streams=1000, budget=0.1).alarms()


def test_a_usual_day_gives_no_alarm() -> None:
    assert watch(steady()) == []


def test_a_burst_is_reported_with_what_was_expected() -> None:
    counts = steady()
    counts.add(TODAY, "shop", 14)
    (alarm,) = watch(counts)
    assert (alarm.stream, alarm.days, alarm.observed) == ("shop", 1, 15)
    assert 0.8 < alarm.expected < 1.3


def test_a_slow_growth_is_seen_over_a_week() -> None:
    counts = steady()
    for back in range(7):
        counts.add(TODAY - timedelta(days=back), "new shop", 2)
    (alarm,) = watch(counts)
    assert (alarm.stream, alarm.days, alarm.observed) == ("new shop", 7, 14)


def test_what_grows_with_everything_is_no_outbreak() -> None:
    counts = steady()
    counts.add(TODAY, None, 1500)
    counts.add(TODAY, "shop", 15)
    assert watch(counts) == []


def test_few_items_are_never_an_outbreak() -> None:
    counts = steady()
    counts.add(TODAY, "unheard of", LEAST - 1)
    assert watch(counts) == []
    assert Watch(Counts([(TODAY, "only", 50)]), TODAY, streams=1, budget=1).alarms() == []


def test_a_stream_is_reported_once_in_the_quiet_days() -> None:
    alarm = Alarm("shop", TODAY, 1, 20, 1.0, 1e-9)
    assert outbreaks.fresh([alarm], {}) == [alarm]
    assert outbreaks.fresh([alarm], {"shop": TODAY - timedelta(days=QUIET)}) == []
    assert outbreaks.fresh([alarm], {"shop": TODAY - timedelta(days=QUIET + 1)}) == [alarm]


@given(st.integers(1, 60), st.integers(1, 60))
def test_parts_are_the_last_whole_ones_side_by_side(whole: int, days: int) -> None:
    period = Period.before(TODAY, whole)
    parts = period.parts(days)
    assert len(parts) == whole // days
    assert [day for part in reversed(parts) for day in part] == list(period)[whole % days :]


def test_scatter_that_all_streams_share_is_expected_of_each() -> None:
    """Ten counties whose days swing together with nothing else: a day twice as high is no alarm, five times is."""
    dice = Random(5)
    counts: Counts[str] = Counts([])
    for number in range(BASELINE + GUARD):
        day = FIRST + timedelta(days=number)
        for name in "ABCDEFGHIJ":
            counts.add(day, name, plausible_calls.poisson(dice, 30 * dice.gammavariate(4, 1 / 4)))
    for name in "BCDEFGHIJ":
        counts.add(TODAY, name, 30)
    counts.add(TODAY, "A", 62)  # Poisson would say one in ten million
    assert outbreaks.tail(62, 30, 30) < 1e-6
    assert "A" not in {alarm.stream for alarm in Watch(counts, TODAY, streams=10, budget=0.1).alarms()}
    counts.add(TODAY, "A", 90)
    assert Watch(counts, TODAY, streams=10, budget=0.1).alarms()[0].stream == "A"


def test_a_stream_that_plainly_scatters_more_is_held_to_its_own() -> None:
    counts: Counts[str] = Counts([])
    for number in range(BASELINE + GUARD):
        day = FIRST + timedelta(days=number)
        counts.add(day, None, 300)
        for name in "BCDEFGHIJ":
            counts.add(day, name, 3)
        if number % 10 == 0:
            counts.add(day, "in batches", 30)
    counts.add(TODAY, None, 300)
    counts.add(TODAY, "in batches", 30)
    counts.add(TODAY, "B", 30)
    assert [alarm.stream for alarm in Watch(counts, TODAY, streams=1000, budget=0.1).alarms()] == ["B"]


def test_the_budget_is_shared_out_and_kept() -> None:
    budgets = outbreaks.daily_budgets({"entity": 200_000, "county": 111, "none yet": 0})
    assert sum(budgets.values()) == pytest.approx(outbreaks.WEEKLY_BUDGET / 7)
    assert budgets["county"] > budgets["entity"] > 0


@pytest.mark.parametrize(("observed", "chance"), [(0, 1.0), (1, 1 - exp(-2)), (2, 1 - 3 * exp(-2))])
def test_tail_without_clustering_is_poissons(observed: int, chance: float) -> None:
    assert outbreaks.tail(observed, 2, 2) == pytest.approx(chance, rel=1e-4)


def test_tail_agrees_with_drawn_clusters() -> None:
    dice = Random(3)
    drawn = [
        plausible_calls.poisson(dice, dice.gammavariate(2, 2)) for _ in range(40_000)
    ]  # mean 4, variance 12
    assert outbreaks.tail(10, 4, 12) == pytest.approx(sum(n >= 10 for n in drawn) / len(drawn), rel=0.1)


def test_made_up_history_has_the_published_load() -> None:
    items = list(plausible_calls.history(1, date(2025, 1, 1), 28))
    consultations = sum(each.kind == "consultation" for each in items) / len(items)
    phone = sum(each.channel == "phone" for each in items) / len(items)
    assert 0.85 < len(items) / (plausible_calls.YEARLY * 28 / 365) < 1.1
    assert consultations == pytest.approx(0.702, abs=0.02)
    assert phone == pytest.approx(0.817, abs=0.02)
    assert items[:50] == list(plausible_calls.history(1, date(2025, 1, 1), 1))[:50]
