from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template

from hongdun.base.authorise import ACTIONS
from hongdun.calls import queries
from hongdun.calls.settings import running
from hongdun.lib import masking

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from hongdun.parties.models import Involvement

register = template.Library()


@register.filter
def clock(seconds: float) -> str:
    """Minutes and seconds as on a watch: 3:07."""
    whole = int(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


@register.inclusion_tag("calls/of_case.html", takes_context=True)
def calls_of_case(
    context: template.Context, case_id: UUID, involved: Iterable[Involvement], *, there: bool
) -> dict[str, Any]:
    """Calls that a case came of (if any are `there`), with their recordings, and whom an operator may ring about it."""
    may_ring = running() and ACTIONS["calls.seat"].allows(context["request"].actor)
    people = {row.person_id: row for row in involved if may_ring and row.person.phone}
    return {
        "case_id": case_id,
        "party": context["case"].procedure.party,
        "calls": queries.of_case(case_id) if there else (),
        "people": [(row, masking.phone(row.person.phone)) for row in people.values()],
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }
