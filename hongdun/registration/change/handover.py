"""The files of an entity that moves follow it within three months; both sides log it (条例 art. 27, 细则 art. 62)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid5

from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.org import queries as org

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity


def facts(case: Case) -> dict[str, Any]:
    rows = [
        ("市场主体", f"{case.title}（{case.data['uscc']}）"),
        ("迁出登记机关", org.organ(case.data["left"]).name),
        ("迁入登记机关", org.organ(case.data["to"]).name),
        ("迁入登记案件", case.data["change"]),
        ("依据", "《市场主体登记管理条例》第二十七条、《实施细则》第六十二条：无正当理由不得拒绝移交"),
    ]
    return {"answers": [("handover", "档案迁移", rows)]}


def receive(case: Case, *, actor: Actor, decision: Decision) -> None:
    """What left one authority is to be received by the other."""
    data = case.data | decision.data | {"handed_over_in": case.number}
    with system_scope(f"档案迁入 {case.number}"):
        cases.open_case(
            FILES_IN, organ=data["to"], title=case.title, submission=uuid5(case.id, "files_in"), actor=actor, data=data,
            entity=case.entity,
        )  # fmt: skip


FORM = "hongdun.registration.change.handoverforms"
FILES_OUT = register(
    Procedure(
        code="files_out", version=1, label="登记档案迁出", start="hand_over", clock="file_transfer", series="档",
        law="move", facts=facts,
        steps=steps(
            step(
                "hand_over", "移交档案", "archivist",
                to("handed_over", "已移交", tone="go", effect=receive, clock="end"),
                form=f"{FORM}.HandOver",
            )
        ),
    )
)  # fmt: skip
FILES_IN = register(
    Procedure(
        code="files_in", version=1, label="登记档案迁入", start="take_over", series="档", law="move", facts=facts,
        steps=steps(
            step("take_over", "接收档案", "archivist", to("taken_over", "已接收", tone="go"), form=f"{FORM}.TakeOver")
        ),
    )
)  # fmt: skip


def ask_for_files(case: Case, entity: Entity, *, left: int, actor: Actor) -> None:
    """Open the hand-over at the authority that the entity left; its clock is three months."""
    data = {"uscc": entity.uscc, "left": left, "to": entity.organ, "change": case.number}
    with system_scope(f"调取迁移主体的登记档案 {case.number}"):
        cases.open_case(
            FILES_OUT, organ=left, title=entity.name, submission=uuid5(case.id, "files_out"), actor=actor, data=data,
            entity=entity.pk,
        )  # fmt: skip
