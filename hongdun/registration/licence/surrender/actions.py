"""Announced on line, received across the counter: then the register says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.register import actions as register
from hongdun.register.models import Licence
from hongdun.registration.licence import filing
from hongdun.registration.licence.models import sheet_label
from hongdun.registration.steps import effects

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case

submit = filing.open_case


def receive(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    sheets = case.data["sheets"]["sheets"]
    with effects.register_may_refuse():
        for licence in Licence.objects.filter(
            entity=case.entity, serial__in=[each["serial"] for each in sheets]
        ):
            register.settle_sheet(
                licence=licence, handed_in=True, on=clock.today(), case_id=case.id, actor=actor
            )
    cases.tell(
        case, kind="handed_in", series="照缴", title="营业执照缴回凭证", addressee=case.data["applicant"],
        paragraphs=[
            f"{case.title}（统一社会信用代码：{case.data['entity']['uscc']}）交回的下列营业执照收悉，自即日起不再有效。",
            "依据：《市场主体登记管理条例》第三十七条第三款。",
        ],
        columns=("序号", "缴回的营业执照"),
        rows=tuple((str(n), sheet_label(each)) for n, each in enumerate(sheets, 1)),
        actor=actor,
    )  # fmt: skip
