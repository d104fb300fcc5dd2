"""设立登记，各类主体一份流程：受理 → 审查 → 核准 → 发照 → 归档（细则第十八条、第二十五条至第三十条）。"""

from hongdun.registration.establishment import actions, queries, screening
from hongdun.registration.kinds import COMPANY, KINDS
from hongdun.registration.screening.registry import Screened
from hongdun.registration.steps import registration

# Of the other kinds nobody has said yet what a rule must look at.
SCREENED = {
    COMPANY.code: Screened(screening.facts, actions.enter, actions.give_papers, screening.LABELS),
}
PROCEDURES = {
    kind.code: registration(
        code=kind.code,
        label=f"{kind.label}设立登记",
        law=kind.law,
        facts=queries.facts,
        enter=actions.enter_in_register,
        receive_again=actions.receive_again,
        screened=SCREENED.get(kind.code),
        checklist=f"hongdun.registration.establishment.checks.{kind.checklist}",
    )
    for kind in KINDS.values()
}
ESTABLISHMENT = PROCEDURES[COMPANY.code]
