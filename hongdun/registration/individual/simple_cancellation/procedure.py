"""个体工商户简易注销：不公示，推送税务等有关部门，10 日内没有异议的直接注销（条例第三十三条第三款）。"""

from hongdun.cases.procedure import Procedure, register, step, steps, to
from hongdun.registration import handovers
from hongdun.registration.individual.cancellation import actions
from hongdun.registration.individual.simple_cancellation import queries, screening
from hongdun.registration.individual.steps import DESK, WITHDRAWABLE, decide, supplement
from hongdun.registration.screening.facts import with_screening
from hongdun.registration.screening.registry import Screened
from hongdun.registration.steps import archive
from hongdun.registration.steps.screened import screened_steps

SCREENED = Screened(screening.facts, actions.push, None)

SIMPLE = register(
    Procedure(
        code="individual_simple_cancellation",
        version=1,
        label="个体工商户简易注销登记",
        start="screen",
        clock="registration_decision",
        series="登受",
        law="simple_cancellation",
        facts=with_screening(queries.facts),
        sent=handovers.sent,
        withdrawable=WITHDRAWABLE,
        steps=steps(
            *screened_steps(
                "individual_simple_cancellation", SCREENED, people="decide", then="objections", done="自动推送有关部门"
            ),
            decide(actions.push, "推送有关部门", "不予注销登记", label="审查并推送", then="objections"),
            step(
                "objections", "等待有关部门的异议", DESK,
                to("none", "期满无异议，准予注销", "archive", tone="go", effect=actions.cancel_unopposed),
                to("objected", "有关部门提出异议", needs=["opinion"], tone="stop", effect=actions.refuse_opposed),
                limit="simple_cancellation_individual", clocked=False,
            ),
            supplement(),
            archive(),
        ),
    )
)  # fmt: skip
