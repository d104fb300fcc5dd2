"""A pass for the call process, given by a page to its own browser and good for a minute."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

SALT = "calls.seat"
GOOD_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Ticket:
    person: UUID
    organ: int
    name: str
    supervisor: bool


def give(ticket: Ticket) -> str:
    return signing.dumps([str(ticket.person), ticket.organ, ticket.name, ticket.supervisor], salt=SALT)


def check(text: str) -> Ticket:
    """Raises PermissionError for one that is forged or too old."""
    try:
        person, organ, name, supervisor = signing.loads(text, salt=SALT, max_age=GOOD_SECONDS)
    except (signing.BadSignature, ValueError):
        raise PermissionError("凭证无效或已过期，请刷新页面后重新签入") from None
    return Ticket(UUID(person), organ, name, supervisor)
