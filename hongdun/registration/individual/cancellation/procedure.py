"""个体工商户注销登记：有清税证明的，当场注销（条例第三十一条，细则第四十六条）。"""

from hongdun.cases.procedure import Procedure, register, steps
from hongdun.registration import handovers
from hongdun.registration.individual.cancellation import actions, queries
from hongdun.registration.individual.steps import WITHDRAWABLE, decide, supplement
from hongdun.registration.steps import archive

CANCELLATION = register(
    Procedure(
        code="individual_cancellation",
        version=1,
        label="个体工商户注销登记",
        start="decide",
        clock="registration_decision",
        series="登受",
        law="cancellation",
        facts=queries.facts,
        sent=handovers.sent,
        withdrawable=WITHDRAWABLE,
        steps=steps(
            decide(actions.cancel, "准予注销登记", "不予注销登记"),
            supplement(),
            archive(),
        ),
    )
)
