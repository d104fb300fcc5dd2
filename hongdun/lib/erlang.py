"""Staffing of a call centre: Erlang C, where callers wait patiently for the first free operator.

Callers who hang up make the true waits a little shorter, so a figure from here errs on the safe side.
"""

from __future__ import annotations

from math import exp, floor, inf

_HOUR = 3600


def agents_needed(
    calls_per_hour: float, handling_seconds: float, target: float = 0.8, within: float = 20
) -> int:
    """The fewest operators with whom a share of `target` of the calls is answered `within` seconds."""
    load = offered(calls_per_hour, handling_seconds)
    if not 0 <= target < 1:
        raise ValueError("接通率目标应不小于 0 且小于 1，例如 0.8")
    if load == 0:
        return 0
    agents = floor(load) + 1
    while service_level(agents, calls_per_hour, handling_seconds, within) < target:
        agents += 1
    return agents


def service_level(agents: int, calls_per_hour: float, handling_seconds: float, within: float = 20) -> float:
    """The share of calls answered within so many seconds; none in the long run where the load outgrows them."""
    load = offered(calls_per_hour, handling_seconds)
    if agents <= load:
        return 1.0 if load == 0 else 0.0
    return 1 - waiting(agents, load) * exp(-(agents - load) * within / handling_seconds)


def mean_wait(agents: int, calls_per_hour: float, handling_seconds: float) -> float:
    """Seconds that a caller waits on average, those who don't wait included."""
    load = offered(calls_per_hour, handling_seconds)
    if agents <= load:
        return 0.0 if load == 0 else inf
    return waiting(agents, load) * handling_seconds / (agents - load)


def offered(calls_per_hour: float, handling_seconds: float) -> float:
    """Load in erlang: how many operators the calls would keep busy without a pause."""
    if calls_per_hour < 0 or handling_seconds <= 0:
        raise ValueError("每小时来电量不能为负，平均处理时长应大于 0 秒")
    return calls_per_hour * handling_seconds / _HOUR


def waiting(agents: int, load: float) -> float:
    """The probability that a caller has to wait (Erlang C), by the recursion of Erlang B that never overflows."""
    lost = 1.0
    for number in range(1, agents + 1):
        lost = load * lost / (number + load * lost)
    return agents * lost / (agents - load * (1 - lost))
