"""Who must sign an application, and what: the one thing that a filing says for it.

A filing's `queries.signatories(data)` yields them; `SIGNED_ON_LINE` there says that nothing goes without.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongdun.registration import queries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from hongdun.registration.models import Draft


@dataclass(frozen=True, slots=True)
class Signatory:
    """`person`: as stated in the application. `not_by`: who is refused instead, and `why`, with the article."""

    person: UUID
    name: str
    capacity: str
    papers: tuple[str, ...]
    not_by: str = ""
    why: str = ""


def required_signatories(draft: Draft) -> list[Signatory]:
    """Each person once, with everything that they sign."""
    part: Any = queries.part(draft.procedure_code, "queries")
    return joined(part.signatories(draft.data)) if hasattr(part, "signatories") else []


def joined(found: Iterable[Signatory]) -> list[Signatory]:
    by_person: dict[UUID, Signatory] = {}
    for each in found:
        known = by_person.get(each.person)
        by_person[each.person] = each if known is None else Signatory(
            each.person, each.name, f"{known.capacity}、{each.capacity}",
            tuple(dict.fromkeys((*known.papers, *each.papers))), known.not_by or each.not_by, known.why or each.why,
        )  # fmt: skip
    return list(by_person.values())


def is_demanded(draft: Draft) -> bool:
    return bool(getattr(queries.part(draft.procedure_code, "queries"), "SIGNED_ON_LINE", False))
