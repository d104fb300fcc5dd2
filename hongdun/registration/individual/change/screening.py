"""Facts of a shop's change that the rules look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.register import queries as register
from hongdun.registration.individual.change import actions
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import facts as shared

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted


def facts(case: Case) -> dict[str, Wanted]:
    entity, wanted = whose.of(case.data), case.data["wanted"]
    state = register.latest(entity).particulars
    name = wanted if wanted["name"] != state.name else {}
    return {
        **shared.of_entity(case, entity),
        **shared.of_name(name, actions.naming(entity, case.data)),
        **shared.of_scope(wanted["scope"], before=state.scope.text),
        "operator_stays": not wanted.get("operator"),
        "family": len(wanted["family"]),
        "documents_missing": shared.documents_missing(case),
    }
