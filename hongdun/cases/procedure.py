"""A procedure is data: its steps, who does each, how long they have, where every outcome leads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Mode = Literal["single", "pair", "three"]
MODES: tuple[Mode, ...] = ("single", "pair", "three")
MODE_LABELS: dict[Mode, str] = {"single": "独任登记", "pair": "一审一核", "three": "受理、审查、核准分设"}
Tone = Literal["go", "stop", "plain"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step can end with. `targets` empty closes the case, with this outcome as its result.

    `needs`: what the actor must give: "grounds" (cited articles), "items" (defects, told once), "opinion".
    `stops`: ends every other open step too. `clock`: what the statutory clock does (see `Clock`).
    """

    code: str
    label: str
    targets: tuple[str, ...] = ()
    tone: Tone = "plain"
    needs: frozenset[str] = frozenset()
    effect: Callable[..., None] | None = None
    stops: bool = False
    clock: Literal["", "defect", "resume", "end"] = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work for one role.

    `modes`: the bureau modes in which the step exists; elsewhere it is passed with outcome `skip`.
    `limit`: code of the dated rule that limits this step alone; without one the case's own clock counts.
    `each`: name of a list in the case's data; one task is opened for each of its items.
    `automatic`: decides the outcome by rule, with reasons; no person sees the task.
    """

    code: str
    label: str
    role: str
    outcomes: Mapping[str, Outcome]
    duty: Literal["", "accept", "examine", "approve"] = ""
    limit: str = ""
    clocked: bool = True
    awaits: frozenset[str] = frozenset()
    form: str = ""
    modes: frozenset[str] = frozenset(MODES)
    skip: str = ""
    each: str = ""
    automatic: Callable[..., tuple[str, list[str]]] | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    code: str
    version: int
    label: str
    start: str
    steps: Mapping[str, Step]
    clock: str = ""
    series: str = ""
    series_word: str = "受"
    withdrawable: frozenset[str] = field(default_factory=frozenset)

    def after(self, step: str, outcome: str, *, mode: str, still_open: Iterable[str]) -> tuple[str, ...]:
        """Steps that open once `step` ends with `outcome`; a join waits while any branch is open."""
        busy = set(still_open)
        return tuple(
            target
            for wanted in self.steps[step].outcomes[outcome].targets
            for target in self.entered(wanted, mode)
            if not self.steps[target].awaits & busy and target not in busy
        )

    def entered(self, step: str, mode: str) -> tuple[str, ...]:
        """Follow steps that this bureau's mode doesn't have to those that it has."""
        found = self.steps[step]
        if mode in found.modes:
            return (step,)
        return tuple(s for target in found.outcomes[found.skip].targets for s in self.entered(target, mode))

    def problems(self) -> Iterator[str]:
        """Say everything that would strand a case: run for every procedure at start-up and in the tests."""
        if self.start not in self.steps:
            yield f"{self.code} starts at unknown {self.start}"
            return
        unknown = [f"{s.code}.{o.code} leads to unknown {t}" for s, o, t in self._arrows() if t not in self.steps]
        if unknown:
            yield from unknown
            return
        yield from (f"{s.code} has no outcome" for s in self.steps.values() if not s.outcomes)
        for mode in MODES:
            yield from (f"{problem} ({mode})" for problem in self._problems_in(mode))

    def _problems_in(self, mode: Mode) -> Iterator[str]:
        for s in self.steps.values():
            if mode not in s.modes and s.skip not in s.outcomes:
                yield f"{s.code} cannot be skipped: no outcome {s.skip!r}"
                return
        present = {s.code for s in self.steps.values() if mode in s.modes}
        reached = self.reachable(self.entered(self.start, mode), mode)
        yield from (f"{code} is never reached" for code in sorted(present - reached))
        ending = self._can_end(mode)
        yield from (f"{code} has no way out" for code in sorted(reached - ending))
        for s in self.steps.values():
            for o in s.outcomes.values():
                yield from self._join_problems(s, o, mode)

    def _join_problems(self, s: Step, o: Outcome, mode: Mode) -> Iterator[str]:
        """A join must await every step that may still be open on a branch leading to it."""
        branches = [b for t in o.targets for b in self.entered(t, mode)]
        for join in self.steps.values():
            if len(branches) < 2 or not join.awaits:  # noqa: PLR2004
                continue
            inside = {b: self.reachable((b,), mode, without=join.code) for b in branches}
            meeting = [b for b in branches if self._leads(inside[b], join.code, mode)]
            if len(meeting) > 1:
                missing = {c for b in meeting for c in inside[b]} - join.awaits - {s.code, join.code}
                missing = {c for c in missing if any(self._leads({c}, join.code, mode) for _ in (1,))}
                yield from (f"{join.code} doesn't await {c} after {s.code}.{o.code}" for c in sorted(missing))

    def _leads(self, codes: Iterable[str], to: str, mode: str) -> bool:
        return any(to in self.entered(t, mode) for c in codes for o in self.steps[c].outcomes.values() for t in o.targets)

    def reachable(self, start: Iterable[str], mode: str, *, without: str = "") -> set[str]:
        seen: set[str] = set()
        waiting = [c for c in start if c != without]
        while waiting:
            code = waiting.pop()
            if code in seen:
                continue
            seen.add(code)
            waiting += [
                e for o in self.steps[code].outcomes.values() for t in o.targets for e in self.entered(t, mode) if e != without
            ]
        return seen

    def _can_end(self, mode: str) -> set[str]:
        ending = {s.code for s in self.steps.values() if any(not o.targets for o in s.outcomes.values())}
        while True:
            more = {
                s.code
                for s in self.steps.values()
                if any(e in ending for o in s.outcomes.values() for t in o.targets for e in self.entered(t, mode))
            }
            if more <= ending:
                return ending
            ending |= more

    def _arrows(self) -> Iterator[tuple[Step, Outcome, str]]:
        for s in self.steps.values():
            for o in s.outcomes.values():
                for t in o.targets:
                    yield s, o, t

    def fingerprint(self) -> str:
        """Hash of everything that decides how a case runs; a released version never changes."""
        return hashlib.sha256(json.dumps(_plain(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if callable(value):
        return f"{value.__module__}.{value.__qualname__}"
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    return [_plain(item) for item in value] if isinstance(value, (tuple, list)) else value


REGISTERED: dict[tuple[str, int], Procedure] = {}


def register(procedure: Procedure) -> Procedure:
    if found := list(procedure.problems()):
        raise ValueError(f"{procedure.code}: {'; '.join(found)}")
    REGISTERED[procedure.code, procedure.version] = procedure
    return procedure


def latest(code: str) -> Procedure:
    return max((p for p in REGISTERED.values() if p.code == code), key=lambda p: p.version)


def steps(*all_steps: Step) -> dict[str, Step]:
    return {s.code: s for s in all_steps}


def step(  # noqa: D417 - keywords are Step's own fields
    code: str, label: str, role: str, *outcomes: Outcome, **rest: Any
) -> Step:
    """Build a step; `awaits` and `modes` may be any iterable."""
    for name in ("awaits", "modes"):
        if name in rest:
            rest[name] = frozenset(rest[name])
    return Step(code, label, role, {o.code: o for o in outcomes}, **rest)


def to(code: str, label: str, *targets: str, needs: Iterable[str] = (), **rest: Any) -> Outcome:
    """Build an outcome that leads to `targets`; without any it closes the case."""
    return Outcome(code, label, targets, needs=frozenset(needs), **rest)
