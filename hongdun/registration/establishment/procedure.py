"""公司设立登记：受理 → 审查 → 核准 → 发照 → 归档；材料不齐的一次性告知，补正后重新起算（细则第十八条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration.establishment import actions, queries

FORM = "hongdun.registration.establishment.forms.Checklist"

ESTABLISHMENT = register(
    Procedure(
        code="company_establishment",
        version=1,
        label="公司设立登记",
        start="accept",
        clock="registration_decision",
        series="登受",
        law="establishment",
        facts=queries.facts,
        withdrawable=frozenset({"accept", "examine", "approve", "supplement"}),
        steps=steps(
            step(
                "accept", "受理", "clerk",
                to("accept", "予以受理", "examine", tone="go"),
                to("return", "退回补正", "supplement", needs=["items"], effect=actions.tell_defects, clock="defect"),
                duty="accept", modes=["three"], skip="accept",
            ),
            step(
                "examine", "审查", "examiner",
                to("pass", "拟予登记，报核准", "approve", tone="go"),
                to("return", "退回补正", "supplement", needs=["items"], effect=actions.tell_defects, clock="defect"),
                to("propose_refusal", "拟不予登记，报核准", "approve", needs=["grounds", "opinion"], tone="stop"),
                duty="examine", modes=["pair", "three"], skip="pass", form=FORM,
            ),
            step(
                "approve", "核准", "approver",
                to("register", "予以登记", "issue", tone="go", effect=actions.enter_in_register, clock="end"),
                to("return", "退回补正", "supplement", needs=["items"], effect=actions.tell_defects, clock="defect"),
                to("back", "退回审查", "examine", needs=["opinion"]),
                to(
                    "refuse", "不予登记", needs=["grounds", "opinion"], tone="stop",
                    effect=actions.refuse, stops=True, clock="end",
                ),
                duty="approve",
            ),
            step(
                "supplement", "补正", "applicant",
                to("resubmit", "重新提交", "accept", tone="go", effect=actions.receive_again, clock="resume"),
                clocked=False,
            ),
            step(
                "issue", "发照", "counter",
                to("issue", "已发照", "archive", tone="go"),
                clocked=False, form="hongdun.registration.establishment.forms.Delivery",
            ),
            step(
                "archive", "归档", "archivist",
                to("archive", "归档", tone="go", effect=actions.archive),
                clocked=False, automatic=actions.archive_at_once,
            ),
        ),
    )
)  # fmt: skip
