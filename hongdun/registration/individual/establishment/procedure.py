"""个体工商户设立登记：监管所当场审查并登记，以县局名义发照（条例第五条、第十九条，细则第十八条）。"""

from hongdun.cases.procedure import Procedure, register, steps
from hongdun.registration import handovers
from hongdun.registration.individual.establishment import actions, queries, screening
from hongdun.registration.individual.steps import DESK, WITHDRAWABLE, decide, supplement
from hongdun.registration.screening.facts import with_screening
from hongdun.registration.screening.registry import Screened
from hongdun.registration.steps import archive
from hongdun.registration.steps.screened import screened_steps

SCREENED = Screened(screening.facts, actions.enter, actions.give_papers)

ESTABLISHMENT = register(
    Procedure(
        code="individual_establishment",
        version=1,
        label="个体工商户设立登记",
        start="screen",
        clock="registration_decision",
        series="登受",
        law="establishment",
        facts=with_screening(queries.facts),
        sent=handovers.sent,
        withdrawable=WITHDRAWABLE,
        steps=steps(
            *screened_steps("individual_establishment", SCREENED, people="decide", then="archive", desk=DESK),
            decide(actions.enter_in_register),
            supplement(actions.receive_again),
            archive(),
        ),
    )
)
