"""个体工商户设立登记：监管所当场审查并登记，以县局名义发照（条例第五条、第十九条，细则第十八条）。"""

from hongdun.cases.procedure import Procedure, register, steps
from hongdun.registration import handovers
from hongdun.registration.individual.establishment import actions, queries
from hongdun.registration.individual.steps import WITHDRAWABLE, decide, supplement
from hongdun.registration.steps import archive

ESTABLISHMENT = register(
    Procedure(
        code="individual_establishment",
        version=1,
        label="个体工商户设立登记",
        start="decide",
        clock="registration_decision",
        series="登受",
        law="establishment",
        facts=queries.facts,
        sent=handovers.sent,
        withdrawable=WITHDRAWABLE,
        steps=steps(decide(actions.enter_in_register), supplement(actions.receive_again), archive()),
    )
)
