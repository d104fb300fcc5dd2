"""Who takes which call, on every floor that one can think of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from hongdun.calls.models import Priority, Skill
from hongdun.calls.switch.assign import Free, Waiting, assign, in_order, may_take
from tests.org.builders import LIUZHOU, NANNING, QINGXIU, REGION

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ORGANS = st.sampled_from([REGION, NANNING, QINGXIU, LIUZHOU])
SKILLS = st.sampled_from(Skill.values)


def waiting(call: str = "1", *, organ: int = NANNING, seconds: int = 10, priority: int = 2) -> Waiting:
    return Waiting(call, organ, Skill.COMPLAINT, priority, NOW - timedelta(seconds=seconds), 90)


def free(
    number: int = 1, *, organ: int = NANNING, idle: int = 10, skills: tuple[str, ...] = ("complaint",)
) -> Free:
    return Free(UUID(int=number), organ, frozenset(skills), NOW - timedelta(seconds=idle))


def test_longest_idle_first() -> None:
    [(_, chosen)] = assign([waiting()], [free(1, idle=5), free(2, idle=50)], NOW)
    assert chosen.operator == UUID(int=2)


def test_skill_is_needed() -> None:
    assert assign([waiting()], [free(skills=("report",))], NOW) == []


def test_another_city_helps_after_its_time_and_not_before() -> None:
    helper = free(organ=LIUZHOU)
    assert not may_take(helper, waiting(seconds=89), NOW)
    assert may_take(helper, waiting(seconds=90), NOW)


def test_own_city_before_a_helper_who_was_idle_longer() -> None:
    pairs = assign([waiting(seconds=100)], [free(1, organ=LIUZHOU, idle=900), free(2, idle=1)], NOW)
    assert pairs[0][1].operator == UUID(int=2)


def test_danger_goes_first_then_the_old_and_young() -> None:
    usual, care, danger = (
        waiting("a", seconds=300),
        waiting("b", priority=1),
        waiting("c", priority=0, seconds=1),
    )
    assert [each.call for each in in_order([usual, care, danger])] == ["c", "b", "a"]
    assert Priority.DANGER < Priority.CARE < Priority.USUAL


FLOORS = st.tuples(
    st.lists(
        st.builds(
            Waiting, st.uuids().map(str), ORGANS, SKILLS, st.sampled_from([0, 1, 2]),
            st.integers(0, 300).map(lambda s: NOW - timedelta(seconds=s)), st.sampled_from([0, 90]),
        ),
        max_size=12, unique_by=lambda each: each.call,
    ),
    st.lists(
        st.builds(
            Free, st.uuids(), ORGANS, st.frozensets(SKILLS), st.integers(0, 300).map(lambda s: NOW - timedelta(seconds=s))
        ),
        max_size=12, unique_by=lambda each: each.operator,
    ),
)  # fmt: skip


@given(FLOORS)
def test_any_floor(floor: tuple[list[Waiting], list[Free]]) -> None:
    callers, operators = floor
    pairs = assign(callers, operators, NOW)
    assert len({p.call for p, _ in pairs}) == len({f.operator for _, f in pairs}) == len(pairs)
    assert all(may_take(f, p, NOW) for p, f in pairs)
    idle = [each for each in operators if each.operator not in {f.operator for _, f in pairs}]
    left = [each for each in callers if each.call not in {p.call for p, _ in pairs}]
    assert not any(may_take(f, p, NOW) for f in idle for p in left), (
        "nobody waits while somebody could take them"
    )
