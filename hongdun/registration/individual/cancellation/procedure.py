"""个体工商户注销登记：有清税证明的，当场注销（条例第三十一条，细则第四十六条）。"""

from hongdun.registration.individual.cancellation import actions, queries
from hongdun.registration.individual.steps import shop_filing

CANCELLATION = shop_filing(
    code="individual_cancellation",
    label="个体工商户注销登记",
    law="cancellation",
    facts=queries.facts,
    enter=actions.cancel,
    decision="准予注销登记",
    refusal="不予注销登记",
)
