"""自动登记抽查：人员复核抽中的自动准予登记；有误的由核准岗位布置纠正（条例第四十条）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration.screening import facts

REVIEW = register(
    Procedure(
        code="automatic_review",
        version=1,
        label="自动登记抽查",
        start="review",
        series="登查",
        facts=facts.of_review,
        steps=steps(
            step(
                "review", "复核", "examiner",
                to("right", "登记无误", tone="go"),
                to("wrong", "登记有误", "remedy", needs=["opinion"], tone="stop"),
                clocked=False, desk="bureau",
            ),
            step(
                "remedy", "布置纠正", "approver",
                to("ordered", "已布置纠正", needs=["opinion"], tone="go"),
                to("back", "退回复核", "review", needs=["opinion"]),
                clocked=False, desk="bureau",
            ),
        ),
    )
)  # fmt: skip
