"""个体工商户变更登记、备案：名称、经营场所、经营范围、组成形式、经营者。

经营者自 2022-11-01 起可以直接变更（促进个体工商户发展条例第十三条）。
"""

from hongdun.cases.procedure import Procedure, register, steps
from hongdun.registration import handovers
from hongdun.registration.individual.change import actions, queries, screening
from hongdun.registration.individual.steps import DESK, WITHDRAWABLE, decide, supplement
from hongdun.registration.screening.facts import with_screening
from hongdun.registration.screening.registry import Screened
from hongdun.registration.steps import archive
from hongdun.registration.steps.screened import screened_steps

SCREENED = Screened(screening.facts, actions.enter, actions.give_papers)

CHANGE = register(
    Procedure(
        code="individual_change",
        version=1,
        label="个体工商户变更登记",
        start="screen",
        clock="registration_decision",
        series="登受",
        law="change",
        facts=with_screening(queries.facts),
        sent=handovers.sent,
        withdrawable=WITHDRAWABLE,
        steps=steps(
            *screened_steps(
                "individual_change",
                SCREENED,
                people="decide",
                then="archive",
                desk=DESK,
                done="自动准予变更登记",
            ),
            decide(actions.enter_in_register, "准予变更登记", "不予变更登记"),
            supplement(actions.receive_again),
            archive(),
        ),
    )
)
