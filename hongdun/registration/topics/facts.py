"""What the rules look at in an application, as far as filings have it in common (screening.registry.Screened)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import actor as actors
from hongdun.base import blocks, clock
from hongdun.lib import scopeitems
from hongdun.register import queries as register
from hongdun.registration import allowable, queries, scopes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.register.queries import Naming
    from hongdun.registration.screening.comparing import Wanted

    Facts = dict[str, Wanted]


def of_name(value: Mapping[str, Any], naming: Naming) -> Facts:
    """A name that nobody asks for is in nobody's way."""
    name = value.get("name", "")
    return {
        "name_blocking": len(register.conflicts(name, naming).blocking) if name else 0,
        "name_warnings": len(value.get("warnings", ())) if name else 0,
    }


def of_scope(text: str, *, before: str = "") -> Facts:
    """`before`: the scope as registered, not to be judged again."""
    known = {item.text for item in scopeitems.split(before).items}
    fresh = [item.text for item in scopeitems.split(text).items if item.text not in known]
    permits = [scopes.permits(each, on=clock.today()) for each in fresh]
    return {
        "approvals_before": sum(any(each.before for each in needed) for needed in permits),
        "own_words": sum(not scopes.is_usual(each) for each in fresh),
    }


def documents_missing(case: Case) -> int:
    """Papers that this application must bring and doesn't; what was written from a model isn't asked for."""
    page: Any = queries.topics(case.procedure_code, case.data)["documents"](
        case.data, actor=actors.system("自动审核")
    )
    there = case.data["documents"]
    return sum(not page.conditional(each) and not there.get(each.code) for each in page.required())


def of_entity(case: Case, entity: Entity) -> Facts:
    """What the register and others say about an entity that is registered already."""
    filings = {number for number, _ in allowable.open_filings(entity)} - {case.number}
    return {
        "others": len(filings),
        "standing": len(blocks.standing(entity, on=clock.today())),
        "stands": allowable.stands_for(entity, case.person, roles=allowable.REPRESENTATIVES),
    }
