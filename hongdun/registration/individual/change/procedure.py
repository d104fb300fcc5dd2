"""个体工商户变更登记、备案：名称、经营场所、经营范围、组成形式、经营者。

经营者自 2022-11-01 起可以直接变更（促进个体工商户发展条例第十三条）。
"""

from hongdun.registration.individual.change import actions, queries, screening
from hongdun.registration.individual.steps import shop_filing
from hongdun.registration.screening.registry import Screened

CHANGE = shop_filing(
    code="individual_change",
    label="个体工商户变更登记",
    law="change",
    facts=queries.facts,
    enter=actions.enter_in_register,
    receive_again=actions.receive_again,
    decision="准予变更登记",
    refusal="不予变更登记",
    screened=Screened(screening.facts, actions.enter, actions.give_papers),
    automatic="自动准予变更登记",
)
