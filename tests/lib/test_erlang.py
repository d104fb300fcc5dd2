from __future__ import annotations

import heapq
from math import inf
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib import erlang

CALLS = st.floats(0.1, 2000)
SECONDS = st.floats(10, 900)


@pytest.mark.parametrize(("calls", "agents"), [(60, 7), (200, 17), (600, 46), (1200, 87)])
def test_staffing_for_four_minutes_and_eighty_in_twenty(calls: int, agents: int) -> None:
    assert erlang.agents_needed(calls, 240) == agents
    assert erlang.service_level(agents, calls, 240) >= 0.8 > erlang.service_level(agents - 1, calls, 240)


def test_one_pool_needs_fewer_than_ten() -> None:
    assert 10 * erlang.agents_needed(60, 240) == 70 > erlang.agents_needed(600, 240)


def test_no_calls_need_nobody_and_too_few_agents_never_catch_up() -> None:
    assert erlang.agents_needed(0, 240) == 0
    assert erlang.service_level(0, 0, 240) == 1
    assert erlang.mean_wait(0, 0, 240) == 0
    assert erlang.service_level(4, 60, 240) == 0
    assert erlang.mean_wait(4, 60, 240) == inf


def test_refuses_what_is_no_load() -> None:
    with pytest.raises(ValueError, match="负"):
        erlang.agents_needed(-1, 240)
    with pytest.raises(ValueError, match="大于 0"):
        erlang.agents_needed(1, 0)
    with pytest.raises(ValueError, match="小于 1"):
        erlang.agents_needed(1, 240, target=1)


@given(CALLS, SECONDS, st.floats(0.1, 0.99), st.floats(0, 120))
def test_the_number_is_the_fewest_that_suffice(
    calls: float, seconds: float, target: float, within: float
) -> None:
    agents = erlang.agents_needed(calls, seconds, target, within)
    assert erlang.service_level(agents, calls, seconds, within) >= target
    assert erlang.service_level(agents - 1, calls, seconds, within) < target


@given(CALLS, SECONDS)
def test_another_agent_never_makes_it_worse(calls: float, seconds: float) -> None:
    agents = erlang.agents_needed(calls, seconds)
    assert erlang.service_level(agents + 1, calls, seconds) >= erlang.service_level(agents, calls, seconds)
    assert erlang.mean_wait(agents + 1, calls, seconds) <= erlang.mean_wait(agents, calls, seconds)


def test_agrees_with_a_simulated_queue() -> None:
    waits = simulated(Random(7), agents=7, calls_per_hour=60, handling=240, calls=60_000)
    assert sum(wait <= 20 for wait in waits) / len(waits) == pytest.approx(
        erlang.service_level(7, 60, 240), abs=0.015
    )
    assert sum(waits) / len(waits) == pytest.approx(erlang.mean_wait(7, 60, 240), rel=0.1)


def simulated(
    dice: Random, *, agents: int, calls_per_hour: float, handling: float, calls: int
) -> list[float]:
    """First come, first served, by whoever is free first."""
    free, now, waits = [0.0] * agents, 0.0, []
    for _ in range(calls):
        now += dice.expovariate(calls_per_hour / 3600)
        start = max(now, heapq.heappop(free))
        heapq.heappush(free, start + dice.expovariate(1 / handling))
        waits.append(start - now)
    return waits
