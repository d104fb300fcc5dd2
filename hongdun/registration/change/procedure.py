"""变更登记：受理 → 审查 → 核准 → 换发执照 → 归档。迁移的由迁入地办理，档案另案移交（条例第二十七条、细则第六十二条）。"""

from hongdun.registration.change import actions, handover, queries, screening
from hongdun.registration.licence.handing import hand_over_new
from hongdun.registration.screening.registry import Screened
from hongdun.registration.steps import registration

CHANGE = registration(
    code="change",
    label="变更登记",
    law="change",
    facts=queries.facts,
    enter=actions.enter_in_register,
    receive_again=actions.receive_again,
    decision="准予变更登记",
    refusal="不予变更登记",
    checklist="hongdun.registration.change.checks.Checklist",
    delivery="hongdun.registration.change.checks.Replacement",
    delivered=hand_over_new,
    screened=Screened(screening.facts, actions.enter, actions.give_papers),
    sheets="reissued",  # set with the decision: empty where the licence says nothing else than before (条例 art. 28)
    then="issue",  # the old sheets are handed in where the new ones are fetched (细则 art. 23)
)
FILES = (handover.FILES_OUT, handover.FILES_IN)
