"""Entities by who holds a role in them: for officers within their range; the public reads one entity at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from hongdun.lib import grams, matching
from hongdun.lib.particulars import ROLES, STATUSES
from hongdun.parties import queries as parties
from hongdun.register.models import PersonLink
from hongdun.register.queries.limits import in_time

if TYPE_CHECKING:
    from uuid import UUID

MOST_PEOPLE = 100
# The pieces find names that hold the characters; the text decides. Exact names first.
HOLDERS = """
SELECT e.uscc, e.name, e.type, e.status, p.name, array_agg(p.role ORDER BY p.place)
FROM register_wording w JOIN register_entity e ON e.id = w.entity_id
    JOIN register_entityperson p ON p.entity_id = w.entity_id
WHERE w.people @> %s::int[] AND w.address @> %s::int[] AND p.name LIKE %s
    AND (e.organ BETWEEN %s AND %s OR e.station BETWEEN %s AND %s)
GROUP BY e.id, p.name
ORDER BY (p.name <> %s), (e.status <> 'active'), e.name, e.uscc, p.name LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody's roles in one entity."""

    uscc: str
    entity: str
    type: str
    status: str
    person: str
    roles: list[str]

    @property
    def labels(self) -> list[str]:
        return [ROLES[role] for role in self.roles]

    @property
    def status_label(self) -> str:
        return STATUSES[self.status]


def find_by_person(name: str, *, within: tuple[int, int]) -> list[Holder]:
    """Up to one more than MOST_PEOPLE holders of roles whose name is this one, or holds it; two characters at least.

    Raises TooSlow.
    """
    like = matching.like_with(name)
    lo, hi = within
    pieces = [grams.bigrams(name), _narrowed(lo, hi)]
    with in_time(), connection.cursor() as cursor:
        cursor.execute(HOLDERS, [*pieces, like, lo, hi, lo, hi, name, MOST_PEOPLE + 1])
        return [Holder(*row) for row in cursor.fetchall()]


def _narrowed(lo: int, hi: int) -> list[int]:
    """The city or county of a range, as a piece of the index; nothing for the region."""
    if lo // 1_000 == hi // 1_000:
        return [grams.county(lo // 1_000)]
    return [grams.city(lo // 100_000)] if lo // 100_000 == hi // 100_000 else []


def revoked_under(person: UUID) -> int:
    """How many entities whose licence is revoked this person represents, by identity (公司法 art. 178 §1 (4))."""
    links = PersonLink.objects.filter(
        person__in=parties.statements_of(person), role="legal_representative", entity__status="revoked"
    )
    return links.count()
