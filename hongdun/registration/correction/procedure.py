"""登记更正：依申请的受理 → 审查 → 核准；登记机关自己发现的，一人核实、另一人核准（企业信息公示暂行条例第十二条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration import handovers
from hongdun.registration.correction import actions, queries
from hongdun.registration.licence.handing import hand_over_new
from hongdun.registration.steps import archive, issue, registration

LAW = "correction"
SHEETS = "reissued"  # kinds of sheets that say something wrong, if any
DELIVERY = "hongdun.registration.change.checks.Replacement"
CORRECTION = registration(
    code="correction",
    label="登记更正",
    law=LAW,
    facts=queries.facts,
    enter=actions.enter_in_register,
    receive_again=actions.receive_again,
    decision="准予更正",
    refusal="不予更正",
    checklist="hongdun.registration.correction.checks.Checklist",
    delivery=DELIVERY,
    delivered=hand_over_new,
    sheets=SHEETS,
)
EX_OFFICIO = register(
    Procedure(
        code="correction_ex_officio",
        version=1,
        label="登记更正（依职权）",
        start="examine",
        series="更正",
        law=LAW,
        facts=queries.facts,
        sent=handovers.sent,
        content="更正的内容",
        arrived="发现登记错误",
        party="登记主体",
        steps=steps(
            step(
                "examine", "核实", "examiner",
                to("pass", "登记有误，报核准更正", "approve", needs=["opinion"], tone="go"),
                to("drop", "登记无误，不更正", needs=["opinion"]),
                duty="examine", clocked=False, form="hongdun.registration.correction.checks.Checklist",
            ),
            step(
                "approve", "核准", "approver",
                to("register", "准予更正", "issue", tone="go", effect=actions.enter_in_register),
                to("back", "退回核实", "examine", needs=["opinion"]),
                to("refuse", "不予更正", needs=["opinion"], tone="stop"),
                duty="approve", clocked=False,
            ),
            issue(DELIVERY, hand_over_new, SHEETS),
            archive(SHEETS),
        ),
    )
)  # fmt: skip
