"""设立登记，各类主体一份流程：受理 → 审查 → 核准 → 发照 → 归档（细则第十八条、第二十五条至第三十条）。"""

from hongdun.registration.establishment import actions, queries, screening
from hongdun.registration.kinds import BRANCH, COMPANY, KINDS, PARTNERSHIP, SOLE
from hongdun.registration.screening.registry import Screened
from hongdun.registration.steps import registration

SCREENED = Screened(screening.facts, actions.enter, actions.give_papers)
# Cooperatives' members, foreign investors and papers of public bodies are for people to look at.
BY_RULES = {COMPANY, PARTNERSHIP, SOLE, BRANCH}
PROCEDURES = {
    kind.code: registration(
        code=kind.code,
        label=f"{kind.label}设立登记",
        law=kind.law,
        facts=queries.facts,
        enter=actions.enter_in_register,
        receive_again=actions.receive_again,
        screened=SCREENED if kind in BY_RULES else None,
        checklist=f"hongdun.registration.establishment.checks.{kind.checklist}",
    )
    for kind in KINDS.values()
}
ESTABLISHMENT = PROCEDURES[COMPANY.code]
