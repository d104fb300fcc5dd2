"""No registered procedure can strand a case, and `problems` finds the ones that would."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongdun.cases.procedure import MODES, REGISTERED, Procedure, register, step, steps, to
from tests.cases import procedures

if TYPE_CHECKING:
    from collections.abc import Callable

procedures.register_all()


@settings(max_examples=200)
@given(data=st.data())
def test_a_random_walk_over_any_procedure_ends_and_never_strands(data: st.DataObject) -> None:
    procedure = data.draw(st.sampled_from(sorted(REGISTERED.values(), key=lambda p: (p.code, p.version))))
    mode = data.draw(st.sampled_from(MODES))
    opened = list(procedure.entered(procedure.start, mode))
    for _ in range(25):
        assert opened, "an open case has an open step"
        assert len(opened) == len(set(opened))
        code = data.draw(st.sampled_from(sorted(opened)))
        outcome = data.draw(
            st.sampled_from(sorted(procedure.steps[code].outcomes.values(), key=lambda o: o.code))
        )
        still = [] if outcome.stops else [c for c in opened if c != code]
        opened = [*still, *procedure.after(code, outcome.code, mode=mode, still_open=still)]
        if not opened:
            assert not outcome.targets, "only a final outcome closes a case"
            return
        for waiting in opened:
            assert not procedure.steps[waiting].awaits & set(opened), (
                "a join never stands beside what it awaits"
            )


@pytest.mark.parametrize("procedure", [*procedures.ALL, *REGISTERED.values()], ids=lambda p: p.code)
def test_registered_procedures_have_no_problems(procedure: Procedure) -> None:
    assert list(procedure.problems()) == []


def _two(**more: object) -> Procedure:
    first = step("a", "甲", "clerk", to("go", "走", "b"))
    second = step("b", "乙", "clerk", to("end", "完"), **more)
    return Procedure("faulty", 1, "有错", "a", steps(first, second))


def _parallel(
    *, awaits: tuple[str, ...], second: object = None, papers: str = "decide", stops: bool = False
) -> Procedure:
    return Procedure(
        "faulty", 1, "有错", "a", steps(
            step("a", "甲", "clerk", to("go", "走", "name", "papers")),
            step("name", "名", "clerk", to("fit", "好", "decide"), *([second] if second else [])),
            step("papers", "材", "clerk", to("fit", "好", papers)),
            step("more", "补", "clerk", to("fit", "好", "decide")),
            step("decide", "定", "clerk", to("end", "完", stops=stops), to("more", "补", "more"), awaits=awaits),
        ),
    )  # fmt: skip


FAULTS: dict[str, tuple[Callable[[], Procedure], str]] = {
    "unknown start": (lambda: replace(_two(), start="nowhere"), "starts at unknown nowhere"),
    "unknown target": (
        lambda: Procedure("faulty", 1, "错", "a", steps(step("a", "甲", "clerk", to("go", "走", "zz")))),
        "a.go leads to unknown zz",
    ),
    "no outcome": (
        lambda: Procedure("faulty", 1, "错", "a", steps(step("a", "甲", "clerk"))),
        "a has no outcome",
    ),
    "never reached": (
        lambda: Procedure(
            "faulty", 1, "错", "a",
            steps(step("a", "甲", "clerk", to("end", "完")), step("b", "乙", "clerk", to("end", "完"))),
        ),
        "b is never reached",
    ),
    "no way out": (
        lambda: Procedure(
            "faulty", 1, "错", "a",
            steps(step("a", "甲", "clerk", to("go", "走", "b")), step("b", "乙", "clerk", to("go", "回", "a"))),
        ),
        "b has no way out",
    ),
    "cannot be skipped": (lambda: _two(modes=("pair",)), "b cannot be skipped"),
    "skips in a circle": (
        lambda: Procedure(
            "faulty", 1, "错", "a",
            steps(
                step("a", "甲", "clerk", to("go", "走", "b")),
                step("b", "乙", "clerk", to("on", "走", "c"), to("end", "完"), modes=("pair",), skip="on"),
                step("c", "丙", "clerk", to("on", "走", "b"), to("end", "完"), modes=("pair",), skip="on"),
            ),
        ),
        "skipping b leads back to it",
    ),
    "join too early": (lambda: _parallel(awaits=("name",)), "decide doesn't await papers"),
    "join too early behind a further step": (
        lambda: _parallel(awaits=("name", "more"), papers="more"), "decide doesn't await papers",
    ),
    "awaits a longer branch only in part": (
        lambda: _parallel(awaits=("name", "papers"), papers="more"), "decide doesn't await more",
    ),
    "end beside an open step": (
        lambda: _parallel(awaits=("name", "papers"), second=to("no", "不")), "name.no ends the case but doesn't stop papers",
    ),
    "join is lost": (
        lambda: Procedure(
            "faulty", 1, "错", "a", steps(
                step("a", "甲", "clerk", to("go", "走", "name", "papers")),
                step("name", "名", "clerk", to("fit", "好", "decide")),
                step("papers", "材", "clerk", to("fit", "好", "decide"), to("no", "另", "other")),
                step("other", "另", "clerk", to("end", "完")),
                step("decide", "定", "clerk", to("end", "完"), awaits=("name", "papers")),
            ),
        ),
        "decide is lost when papers.no follows name.fit",
    ),
    "several tasks, join does not await them": (
        lambda: replace(
            procedures.EACH,
            steps=procedures.EACH.steps | {"decide": replace(procedures.EACH.steps["decide"], awaits=frozenset())},
        ),
        "decide doesn't await check",
    ),
    "several tasks, perhaps none": (
        lambda: replace(
            procedures.EACH, steps=procedures.EACH.steps | {"check": replace(procedures.EACH.steps["check"], skip="")}
        ),
        "check may have nothing to do",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_problems_catches_a_planted_fault(name: str) -> None:
    build, words = FAULTS[name]
    found = list(build().problems())
    assert any(words in problem for problem in found), found
    with pytest.raises(ValueError, match=r"faulty|test_each"):
        register(build())


def test_steps_of_other_modes_are_passed_and_branches_that_meet_open_once() -> None:
    procedure = Procedure(
        "modes", 1, "分合", "a", steps(
            step("a", "甲", "clerk", to("go", "走", "b", "c")),
            step("b", "乙", "clerk", to("go", "走", "d"), modes=("three",), skip="go"),
            step("c", "丙", "clerk", to("go", "走", "d"), modes=("three",), skip="go"),
            step("d", "丁", "clerk", to("end", "完"), awaits=("b", "c")),
        ),
    )  # fmt: skip
    assert procedure.after("a", "go", mode="three", still_open=()) == ("b", "c")
    assert procedure.after("a", "go", mode="pair", still_open=()) == ("d",)


def test_the_fingerprint_follows_everything_that_decides_a_case() -> None:
    same = replace(procedures.PAIR)
    longer = replace(procedures.PAIR, clock="other")
    assert same.fingerprint() == procedures.PAIR.fingerprint()
    assert longer.fingerprint() != procedures.PAIR.fingerprint()
