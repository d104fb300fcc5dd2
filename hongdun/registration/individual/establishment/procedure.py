"""个体工商户设立登记：监管所当场审查并登记，以县局名义发照（条例第五条、第十九条，细则第十八条）。"""

from hongdun.registration.individual.establishment import actions, queries, screening
from hongdun.registration.individual.steps import shop_filing
from hongdun.registration.screening.registry import Screened

ESTABLISHMENT = shop_filing(
    code="individual_establishment",
    label="个体工商户设立登记",
    law="establishment",
    facts=queries.facts,
    enter=actions.enter_in_register,
    receive_again=actions.receive_again,
    screened=Screened(screening.facts, actions.enter, actions.give_papers),
)
