"""企业简易注销：公示 20 日 → 期满 20 日内申请 → 审查 → 核准（条例第三十三条，细则第四十七条至第四十九条）。"""

from hongdun.cases.procedure import step, to
from hongdun.registration.cancellation.simple import actions, queries, screening
from hongdun.registration.screening.registry import Screened
from hongdun.registration.steps import registration

NOTICE = step(
    "notice", "简易注销公示", "examiner",
    to("expired", "公示期满，没有异议", "apply", tone="go", effect=actions.tell_to_apply),
    to("objected", "有人提出异议，终止", needs=["opinion"], tone="stop", effect=actions.refuse_opposed, clock="end"),
    limit="simple_cancellation_notice", clocked=False,
)  # fmt: skip
APPLY = step(
    "apply", "申请注销登记", "applicant",
    to("apply", "申请注销登记", "screen", tone="go", effect=actions.check_window, starts="registration_decision"),
    to("lapsed", "逾期未申请，终止", clock="end"),
    limit="simple_cancellation_application", clocked=False,
)  # fmt: skip

SIMPLE = registration(
    code="simple_cancellation",
    label="简易注销登记",
    law="simple_cancellation",
    facts=queries.facts,
    enter=actions.cancel,
    licence=False,
    decision="准予注销登记",
    refusal="不予注销登记",
    checklist="hongdun.registration.cancellation.simple.forms.Checklist",
    first=(NOTICE, APPLY),
    screened=Screened(screening.facts, actions.cancel, None),
)
