"""公司设立登记：受理 → 审查 → 核准 → 发照 → 归档；材料不齐的一次性告知，补正后重新起算（细则第十八条）。"""

from hongdun.registration.establishment import actions, queries
from hongdun.registration.steps import registration

ESTABLISHMENT = registration(
    code="company_establishment",
    label="公司设立登记",
    law="establishment",
    facts=queries.facts,
    enter=actions.enter_in_register,
    receive_again=actions.receive_again,
)
