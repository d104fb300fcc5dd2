"""The rules decide an application, or hand it to people with what failed; how bureaus switch them, and their dates."""

from __future__ import annotations

import logging
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.jobs import enqueue
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Task
from hongdun.documents.errors import DocumentProblem
from hongdun.lib import organs
from hongdun.registration.actions import papers
from hongdun.registration.conflicts import queries as conflicts
from hongdun.registration.screening import draw, queries
from hongdun.registration.screening.models import Condition, Screening, Switch
from hongdun.registration.screening.registry import FILINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.base.actor import Actor

logger = logging.getLogger(__name__)
TOO_LONG = timedelta(minutes=10)


def who_decides(case: Case) -> tuple[str, list[str]]:
    """Automatic step: whether the rules look first, as the bureau has laid down for the day of receipt."""
    if "counter" in case.data:
        return "people", ["窗口收的件，由窗口人员当场办理"]
    switch = _switch(case)
    if switch and switch.on:
        return "rules", [f"本机关自{switch.valid_from}起自动审核（{switch.basis}）"]
    return "people", ["本机关没有开通自动审核"]


def look(case: Case, **_: object) -> None:
    """Effect of the parting of ways: queue the look of the rules, in the same transaction."""
    if "counter" not in case.data:
        enqueue("registration.screen", number=case.number)


def waits(case: Case) -> bool:
    """Whether the rules are to decide it, and haven't yet."""
    return case.tasks.filter(step="rules", done__isnull=True).exists()


def screen(number: str, *, actor: Actor) -> Screening | None:
    """Let the rules look at an application, and decide it if it waits for them; once, whatever is repeated.

    What people decide is looked at as well: the findings help them, and the facts tell what other rules would do.
    """
    case = Case.objects.select_for_update().filter(number=number).first()
    if case is None or queries.of(case):
        return None
    facts, found = _look(case)
    passed = _passed(found)
    waiting = waits(case)
    decided = passed and waiting
    if decided and (refusal := _register(case, actor=actor)):
        decided, passed = False, False
        found.insert(0, refusal)
    noted = _note(case, facts, found, passed=passed, decided=decided, switch=_switch(case))
    if decided:
        _after(case, noted, actor=actor)
    elif waiting:
        _hand_over(case, found, actor=actor)
    return noted


def screen_at_once(case: Case) -> Screening:
    """For an automatic step: the rules look while the applicant waits, where what they decide takes no time."""
    facts, found = _look(case)
    passed, switch = _passed(found), _switch(case)
    decided = passed and switch is not None and switch.on
    noted = _note(case, facts, found, passed=passed, decided=decided, switch=switch)
    if noted.decided and _is_drawn(noted):
        # The applicant's own range holds no officer's case.
        with system_scope("抽查自动办理的申请") as actor:
            open_review(case, actor=actor)
    return noted


def _look(case: Case) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The facts of an application, and what each condition of its day says of them."""
    facts = FILINGS[case.procedure_code].facts(case) | {"barring": conflicts.barring(case)}
    conditions = queries.conditions(case.procedure_code, on=case.received)
    return facts, queries.results(conditions, facts)


def _passed(found: Sequence[dict[str, Any]]) -> bool:
    return bool(found) and all(each["met"] for each in found)


def _switch(case: Case) -> Switch | None:
    return queries.switch(case.organ, case.procedure_code, on=case.received)


def _note(
    case: Case,
    facts: dict[str, Any],
    found: list[dict[str, Any]],
    *,
    passed: bool,
    decided: bool,
    switch: Switch | None,
) -> Screening:
    return Screening.objects.create(
        case=case, organ=case.organ, procedure_code=case.procedure_code, facts=facts, results=found, passed=passed,
        decided=decided, share=switch.share if decided and switch else 0, draw=queries.drawn(case) if decided else None,
    )  # fmt: skip


def _is_drawn(noted: Screening) -> bool:
    return noted.draw is not None and draw.wins(noted.draw, noted.share)


def _register(case: Case, *, actor: Actor) -> dict[str, Any] | None:
    """Enter the application; where the register refuses it, what it says, as a condition that isn't met."""
    try:
        with transaction.atomic():
            cases.finish_step(
                case.number, "rules", Decision("register", opinion="符合自动办理的全部条件"), actor=actor
            )
    except cases.Refused as refusal:
        return {
            "code": "register", "label": "登记簿可以载入", "article": "", "wanted": "是", "found": str(refusal), "met": False,
        }  # fmt: skip
    return None


def _after(case: Case, noted: Screening, *, actor: Actor) -> None:
    if FILINGS[case.procedure_code].give_papers:
        enqueue("registration.print", number=case.number)
    if _is_drawn(noted):
        open_review(case, actor=actor)


def _hand_over(case: Case, found: Sequence[dict[str, Any]], *, actor: Actor) -> None:
    cases.finish_step(case.number, "rules", Decision("people", opinion=why_people(found)), actor=actor)


def why_people(found: Sequence[dict[str, Any]]) -> str:
    failed = "；".join(each["label"] for each in found if not each["met"])
    return f"不符合自动办理的条件：{failed}" if failed else "没有为这类登记制定自动办理的条件"


def open_review(case: Case, *, actor: Actor) -> Case:
    """An officer looks at what the rules decided, as a case of its own; drawn twice, it is the same one."""
    from hongdun.registration.screening.procedure import REVIEW

    return cases.open_case(
        REVIEW, organ=case.organ, title=case.title, submission=uuid5(case.pk, "review"), actor=actor,
        entity=Case.objects.values_list("entity", flat=True).get(pk=case.pk), data={"case": case.number},
    )  # fmt: skip


def enter(case: Case, *, actor: Actor, decision: Decision) -> None:
    """Effect of 自动准予登记: only the rules may take this way."""
    if actor.kind != "system":
        raise cases.NotAllowed("自动准予登记由规则作出，人员请转人工办理。")
    FILINGS[case.procedure_code].enter(case, actor=actor, decision=decision)


def receive(case: Case, *, actor: Actor, **_: object) -> None:
    """Who isn't registered on the spot gets a receipt (细则 art. 18 §2)."""
    papers.receipt(case, actor=actor)


def give_papers(case: Case, *, actor: Actor, decision: Decision) -> None:
    give = FILINGS[case.procedure_code].give_papers
    assert give
    give(case, actor=actor, decision=decision)


def print_papers(number: str, *, actor: Actor) -> None:
    """Print what was decided by the rules; done already, nothing happens."""
    if Task.objects.filter(case__number=number, step="print", done__isnull=True).exists():
        cases.finish_step(number, "print", Decision("printed", opinion="自动生成"), actor=actor)


def hand_over_late(*, actor: Actor) -> int:
    """Applications that the rules haven't looked at in time go to people."""
    waiting = Task.objects.filter(step="rules", done__isnull=True, opened__lt=clock.now() - TOO_LONG)
    late = list(waiting.order_by("opened").values_list("case__number", flat=True)[:500])
    return sum(_late_to_people(number, actor=actor) for number in late)


def _late_to_people(number: str, *, actor: Actor) -> bool:
    """One that can't be moved holds nobody up behind it."""
    try:
        with transaction.atomic():
            cases.finish_step(
                number, "rules", Decision("people", opinion="自动审核没有按时完成"), actor=actor
            )
    except (cases.Refused, DocumentProblem):
        logger.exception(
            "an application that the rules were late for can't go to people", extra={"case": number}
        )
        return False
    return True


def lay_switch(
    *, organ: int, procedure: str, on: bool, share: int, valid_from: date, basis: str, actor: Actor
) -> Switch:
    """From a day on, let the rules decide a filing in a bureau and those below it, or no longer."""
    lo, hi = actor.range
    allowed = actor.kind == "system" or "admin" in actor.roles
    if not allowed or not lo <= organ <= hi or organs.level(organ) == organs.STATION:
        raise cases.NotAllowed("只能由系统管理岗位为其管理范围内的登记机关设定。")
    _check_dates(valid_from, basis)
    row = Switch.objects.create(
        organ=organ, procedure_code=procedure, on=on, share=share, valid_from=valid_from, basis=basis.strip()
    )
    audit.record(
        "screening.switched", actor=actor, subject=f"{organ}/{procedure}", organ=organ, reason=row.basis,
        on=on, share=share, valid_from=valid_from,
    )  # fmt: skip
    return row


def lay_conditions(wanted: Sequence[Condition], *, valid_from: date, basis: str, actor: Actor) -> int:
    """Lay down those of the conditions that differ from what is in force; the region's own administrators only."""
    if "admin" not in actor.roles or actor.organ != organs.REGION_BUREAU:
        raise cases.NotAllowed("自动审核的条件由自治区局的系统管理岗位制定，全区一致。")
    _check_dates(valid_from, basis)
    for each in wanted:
        each.pk = None
        each.organ, each.valid_from, each.basis = organs.REGION_BUREAU, valid_from, basis.strip()
    made = Condition.objects.bulk_create(Condition(**_columns(each)) for each in wanted)
    audit.record(
        "screening.laid_down", actor=actor, subject=wanted[0].procedure_code, organ=organs.REGION_BUREAU, reason=basis.strip(),
        conditions={each.code: "停用" if each.off else each.wanted for each in wanted}, valid_from=valid_from,
    )  # fmt: skip
    return len(made)


def _columns(row: Condition) -> dict[str, Any]:
    return {
        field.attname: getattr(row, field.attname)
        for field in Condition._meta.concrete_fields  # noqa: SLF001 - public by use
        if not field.primary_key
    }


def _check_dates(valid_from: date, basis: str) -> None:
    if valid_from < clock.today():
        raise cases.Incomplete(
            f"施行日期不能早于今天（{clock.today()}），已收的件仍按原来的规则。", field="valid_from"
        )
    if not basis.strip():
        raise cases.Incomplete("请写明依据，例如：桂市监注〔2026〕18号。", field="basis")
