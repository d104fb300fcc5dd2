"""换领营业执照：破损的交回旧执照换领，登记事项不变（条例第二十二条、第三十七条）。"""

from hongdun.registration.licence import handing
from hongdun.registration.licence.exchange import actions, queries
from hongdun.registration.steps import registration

EXCHANGE = registration(
    code="licence_exchange",
    label="换领营业执照",
    law="licence",
    facts=queries.facts,
    enter=actions.decide,
    receive_again=actions.receive_again,
    decision="准予核发",
    refusal="不予核发",
    checklist="hongdun.registration.licence.checks.Exchange",
    delivery="hongdun.registration.change.checks.Replacement",
    delivered=handing.hand_over_new,
)
