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
    `stops`: ends every other open step too. `clock`: what the statutory clock does (see actions.clock);
    `starts`: the rule whose clock begins with this outcome, in place of the one before.
    `moves`: says to which organ above or below the case goes once the step is written; None: it stays.
    """

    code: str
    label: str
    targets: tuple[str, ...] = ()
    tone: Tone = "plain"
    needs: frozenset[str] = frozenset()
    effect: Callable[..., None] | None = None
    stops: bool = False
    clock: Literal["", "defect", "resume", "end"] = ""
    starts: str = ""
    moves: Callable[..., int | None] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work for one role.

    `modes`: the bureau modes in which the step exists; elsewhere it is passed with outcome `skip`.
    `limit`: code of the dated rule that limits this step alone; without one the case's own clock counts.
    `each`: name of a list in the case's data; one task is opened for each of its items.
    `automatic`: decides the outcome by rule, with reasons; no person sees the task.
    `desk`: "bureau" where the county bureau does the step although a station has the case.
    `grounds`: the kind of grounds that a decision in this step may cite.
    `held_by`: where the case's data names the officer who is to do it.
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
    desk: Literal["", "bureau"] = ""
    grounds: str = "refuse"
    held_by: str = ""


@dataclass(frozen=True, slots=True)
class Procedure:
    code: str
    version: int
    label: str
    start: str
    steps: Mapping[str, Step]
    clock: str = ""
    series: str = "受"
    law: str = ""  # under which name the law tables hold its grounds and required documents
    withdrawable: frozenset[str] = field(default_factory=frozenset)
    routed: bool = False  # moves along the line of command only, step by step; never by a transfer
    # What facts.html shows, what a decision's page warns of, how notices are told, what others got: none decides.
    facts: Callable[..., dict[str, Any]] | None = field(default=None, metadata={"frozen": False})
    warnings: Callable[..., list[Any]] | None = field(default=None, metadata={"frozen": False})
    words: Callable[..., str] | None = field(default=None, metadata={"frozen": False})
    sent: Callable[..., list[Any]] | None = field(default=None, metadata={"frozen": False})
    # What a page calls the content of a case, how it began, and who brought it: not everybody applies for something.
    content: str = field(default="申请内容", metadata={"frozen": False})
    arrived: str = field(default="收到申请", metadata={"frozen": False})
    party: str = field(default="申请人", metadata={"frozen": False})

    def after(self, step: str, outcome: str, *, mode: str, still_open: Iterable[str]) -> tuple[str, ...]:
        """Steps that open once `step` ends with `outcome`; a join waits while any branch is open."""
        busy = set(still_open)
        wanted = (e for t in self.steps[step].outcomes[outcome].targets for e in self.entered(t, mode))
        return tuple(t for t in dict.fromkeys(wanted) if not self.steps[t].awaits & busy and t not in busy)

    def entered(self, step: str, mode: str) -> tuple[str, ...]:
        """Follow steps that this bureau's mode doesn't have to those that it has."""
        found = self.steps[step]
        if mode in found.modes:
            return (step,)
        passed = (s for target in found.outcomes[found.skip].targets for s in self.entered(target, mode))
        return tuple(dict.fromkeys(passed))

    def problems(self) -> Iterator[str]:
        """Say everything that would strand a case: run for every procedure at start-up and in the tests."""
        if self.start not in self.steps:
            yield f"{self.code} starts at unknown {self.start}"
            return
        unknown = [
            f"{s.code}.{o.code} leads to unknown {t}" for s, o, t in self._arrows() if t not in self.steps
        ]
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
        if circles := [code for code in self.steps if self._skips_to_itself(code, mode)]:
            yield from (f"skipping {code} leads back to it" for code in circles)
            return
        present = {s.code for s in self.steps.values() if mode in s.modes}
        reached = self.reachable(self.entered(self.start, mode), mode)
        yield from (f"{code} is never reached" for code in sorted(present - reached))
        ending = self._can_end(mode)
        yield from (f"{code} has no way out" for code in sorted(reached - ending))
        yield from (f"{s.code} may have nothing to do and no outcome to pass it" for s in self._unpassable())
        yield from sorted(set(self._race_problems(mode)))

    def _skips_to_itself(self, code: str, mode: Mode) -> bool:
        passed: set[str] = set()
        waiting = [code]
        while waiting:
            found = self.steps[waiting.pop()]
            if mode not in found.modes and found.code not in passed:
                passed.add(found.code)
                waiting += found.outcomes[found.skip].targets
                if code in found.outcomes[found.skip].targets:
                    return True
        return False

    def _unpassable(self) -> Iterator[Step]:
        for s in self.steps.values():
            if s.each and (s.skip not in s.outcomes or not s.outcomes[s.skip].targets):
                yield s

    def _race_problems(self, mode: Mode) -> Iterator[str]:
        """Walk every set of steps that can be open together; a step must await all that can still lead to it."""
        seen: set[tuple[str, ...]] = set()
        waiting = [self._tokens(self.entered(self.start, mode))]
        while waiting:
            state = waiting.pop()
            if state in seen:
                continue
            seen.add(state)
            for code in sorted(set(state)):
                rest = list(state)
                rest.remove(code)
                for outcome in self.steps[code].outcomes.values():
                    still = () if outcome.stops else tuple(rest)
                    opened = self.after(code, outcome.code, mode=mode, still_open=still)
                    yield from self._meetings(code, outcome, opened, still, mode)
                    waiting += [new] if (new := self._tokens((*still, *opened), kept=still)) else []

    def _meetings(
        self, code: str, outcome: Outcome, opened: tuple[str, ...], still: tuple[str, ...], mode: str
    ) -> Iterator[str]:
        if not outcome.targets and still:
            yield f"{code}.{outcome.code} ends the case but doesn't stop {', '.join(sorted(set(still)))}"
        for target in opened:
            behind = {s.code for s in self.steps.values() if target in s.awaits}
            for other in sorted({*still, *opened} - {target}):
                if target in self._leads_to(other, mode, without=behind):
                    yield f"{target} doesn't await {other} after {code}.{outcome.code}"
        wanted = {t for w in outcome.targets for t in self.entered(w, mode)} - set(opened)
        for target in sorted(wanted - set(still)):
            for other in sorted(set(still)):
                for lost in self._ways_past(other, target, mode):
                    yield f"{target} is lost when {lost} follows {code}.{outcome.code}"

    def _ways_past(self, code: str, target: str, mode: str) -> Iterator[str]:
        """Outcomes of an awaited step that leave the waiting `target` behind for good."""
        for outcome in self.steps[code].outcomes.values():
            entered = [e for t in outcome.targets for e in self.entered(t, mode)]
            if (
                not outcome.stops
                and target not in entered
                and not any(target in self._leads_to(e, mode) for e in entered)
            ):
                yield f"{code}.{outcome.code}"

    def _tokens(self, codes: Iterable[str], kept: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A step with `each` stands for several tasks: two are enough to show every race."""
        fresh = list(codes)[len(kept) :]
        return tuple(sorted([*kept, *fresh, *(c for c in fresh if self.steps[c].each)]))

    def _leads_to(self, code: str, mode: str, *, without: Iterable[str] = ()) -> set[str]:
        """Steps that can follow `code`, never passing through `without`."""
        after = [
            e for o in self.steps[code].outcomes.values() for t in o.targets for e in self.entered(t, mode)
        ]
        return self.reachable(after, mode, without=without)

    def reachable(self, start: Iterable[str], mode: str, *, without: Iterable[str] = ()) -> set[str]:
        barred = set(without)
        seen, waiting = set[str](), list(start)
        while waiting:
            code = waiting.pop()
            if code in seen or code in barred:
                continue
            seen.add(code)
            waiting += [
                e
                for o in self.steps[code].outcomes.values()
                for t in o.targets
                for e in self.entered(t, mode)
            ]
        return seen

    def _can_end(self, mode: str) -> set[str]:
        ending = {s.code for s in self.steps.values() if any(not o.targets for o in s.outcomes.values())}
        while True:
            more = {
                s.code
                for s in self.steps.values()
                if any(
                    e in ending for o in s.outcomes.values() for t in o.targets for e in self.entered(t, mode)
                )
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
        return hashlib.sha256(
            json.dumps(_plain(self), sort_keys=True, ensure_ascii=False).encode()
        ).hexdigest()[:32]


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {
            name: _plain(getattr(value, name))
            for name, each in value.__dataclass_fields__.items()
            if each.metadata.get("frozen", True)
        }
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


def step(code: str, label: str, role: str, *outcomes: Outcome, **rest: Any) -> Step:
    """Build a step; `awaits` and `modes` may be any iterable."""
    for name in ("awaits", "modes"):
        if name in rest:
            rest[name] = frozenset(rest[name])
    return Step(code, label, role, {o.code: o for o in outcomes}, **rest)


def to(code: str, label: str, *targets: str, needs: Iterable[str] = (), **rest: Any) -> Outcome:
    """Build an outcome that leads to `targets`; without any it closes the case."""
    return Outcome(code, label, targets, needs=frozenset(needs), **rest)
