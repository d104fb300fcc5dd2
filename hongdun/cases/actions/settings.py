"""How a bureau does a procedure from a day on: laid down, never rewritten; the later entry for a day prevails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import queries
from hongdun.cases.actions.errors import Incomplete, NotAllowed
from hongdun.cases.models import ProcedureSetting
from hongdun.lib import organs

if TYPE_CHECKING:
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.procedure import Procedure


def lay_down(
    procedure: Procedure,
    *,
    organ: int,
    value: str,
    valid_from: date,
    basis: str,
    actor: Actor,
    step: str = "",
) -> ProcedureSetting:
    """Lay down the mode of a procedure or, with `step`, the role that does this step; open cases stay as they are."""
    lo, hi = actor.range
    if "admin" not in actor.roles or not lo <= organ <= hi or organs.level(organ) == organs.STATION:
        raise NotAllowed("只能由系统管理岗位设定其管理范围内登记机关的办理方式。")
    if valid_from < clock.today():
        raise Incomplete(
            f"施行日期不能早于今天（{clock.today()}），已收的件仍按原来的方式办。", field="valid_from"
        )
    if not basis.strip():
        raise Incomplete("请写明依据，例如：青市监办〔2026〕18号。", field="basis")
    if value not in dict(queries.values_of(procedure, step)):
        raise Incomplete(f"“{procedure.label}”不能这样设定，请从列出的选项中选择。", field="value")
    row = ProcedureSetting.objects.create(
        organ=organ, procedure_code=procedure.code, step=step, key="role" if step else "mode", value=value,
        valid_from=valid_from, basis=basis.strip()[:200],
    )  # fmt: skip
    audit.record(
        "procedure.laid_down", actor=actor, subject=f"{organ}/{procedure.code}", organ=organ, reason=row.basis,
        step=step, value=value, what=queries.subject_words(row), to=queries.value_words(row), on=valid_from,
    )  # fmt: skip
    return row
