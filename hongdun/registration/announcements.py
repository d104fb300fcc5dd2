"""What is announced of an entity, on its public page: notices to creditors and notices that may be objected to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.urls import reverse

from hongdun.base import clock
from hongdun.lib.money import Money, plain
from hongdun.registration.models import PublicNotice

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from hongdun.register.models import Entity

# One statement for all kinds: a page asks each section of other apps once.
NEWEST = """
SELECT * FROM (
  SELECT 'decrease' AS kind, id, published AS since, until, contact AS words, '' AS state, before, capital, currency
    FROM registration_decreasenotice WHERE entity_id = %(entity)s
  UNION ALL
  SELECT 'liquidation', id, published, until, contact, '', NULL, NULL, ''
    FROM registration_liquidationnotice WHERE entity_id = %(entity)s
  UNION ALL
  SELECT 'notice', id, since, until, text, state, NULL, NULL, ''
    FROM registration_publicnotice WHERE uscc = %(uscc)s AND state <> 'withdrawn'
) AS announced ORDER BY since DESC, id DESC LIMIT 10
"""
# What the section depends on, for the lean lane: `e` is the entity.
CHANGES_WITH = """coalesce((SELECT max(d.id::text) FROM registration_decreasenotice d WHERE d.entity_id = e.id), '')
    || '|' || coalesce((SELECT max(l.id::text) FROM registration_liquidationnotice l WHERE l.entity_id = e.id), '')
    || '|' || coalesce((SELECT string_agg(n.state, ',' ORDER BY n.id) FROM registration_publicnotice n
                         WHERE n.uscc = e.uscc), '')"""


@dataclass(frozen=True, slots=True)
class Announced:
    """A row of the statement above."""

    kind: str
    id: UUID
    since: date
    until: date
    text: str
    code: str
    before: Decimal | None
    capital: Decimal | None
    currency: str

    @property
    def what(self) -> str:
        return {"decrease": "减少注册资本公告", "liquidation": "清算组和债权人公告", "notice": "登记公示"}[
            self.kind
        ]

    @property
    def words(self) -> str:
        if self.kind == "notice":
            return self.text
        claims = f"债权申报：{self.text}"
        if self.before is None or self.capital is None:
            return claims
        was, becomes = (plain(Money(amount, self.currency)) for amount in (self.before, self.capital))
        return f"由 {was} 减至 {becomes}，{claims}"

    @property
    def is_open(self) -> bool:
        """Whoever is concerned may still come forward."""
        return self.code == PublicNotice.State.OPEN if self.code else self.until >= clock.today()

    @property
    def state(self) -> str:
        if self.code:
            return PublicNotice.State(self.code).label
        return "公告中" if self.is_open else "公告期满"

    @property
    def address(self) -> str:
        if self.kind == "notice":
            return reverse("notice", args=[self.id])
        return reverse(f"{self.kind}_notices")


def section(entity: Entity) -> dict[str, Any] | None:
    """The newest of all kinds; None where nothing was ever announced."""
    with connection.cursor() as cursor:
        cursor.execute(NEWEST, {"entity": entity.pk, "uscc": entity.uscc})
        found = [Announced(*row) for row in cursor.fetchall()]
    return {"announced": found, "uscc": entity.uscc} if found else None
