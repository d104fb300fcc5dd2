"""Facts of a declared name that the rules look at (企业名称登记管理规定 art. 16–18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.lib.names.rules import RULES
from hongdun.register import queries as register
from hongdun.registration.name_reservation import queries

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.register.queries import Finding
    from hongdun.registration.screening.comparing import Wanted


def facts(case: Case) -> dict[str, Wanted]:
    value = case.data["name"]
    found = register.check_name(value["name"], queries.naming(case.data))
    near = [each for each in found.warnings if each.bearer]
    return {
        "name_blocking": len(found.blocking),
        "near_undertaken": not near or bool(value.get("undertaking")),
        "freed": sum(map(_blocks, found.freed)),
        "to_explain": len(found.warnings) - len(near),
    }


def _blocks(finding: Finding) -> bool:
    """Were it not for the link that the applicant states."""
    return RULES[finding.rule].blocks
