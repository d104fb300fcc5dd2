"""A pass for the call process, given by a page to its own browser and good for a minute."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core import signing

SALT = "calls.seat"
GOOD_SECONDS = 60
ERRAND_SALT = "calls.errand"
ERRAND_SECONDS = 600


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


@dataclass(frozen=True, slots=True)
class Errand:
    """Whom this officer may ring: who asked to be called back, or a person of a case. The number isn't in it."""

    officer: UUID
    request: UUID | None = None
    case: UUID | None = None
    person: UUID | None = None


def send(errand: Errand) -> str:
    told = (errand.officer, errand.request, errand.case, errand.person)
    return signing.dumps([str(each or "") for each in told], salt=ERRAND_SALT)


def errand(text: str, *, officer: UUID) -> Errand:
    """Raises PermissionError for one that is forged, too old or somebody else's."""
    try:
        told = signing.loads(text, salt=ERRAND_SALT, max_age=ERRAND_SECONDS)
        found = Errand(UUID(told[0]), *(UUID(each) if each else None for each in told[1:]))
    except (signing.BadSignature, ValueError, TypeError, IndexError):
        raise PermissionError("回电的凭证已过期，请回到列表或案件页面再点一次“回电”") from None
    if found.officer != officer:
        raise PermissionError("这是别人的回电，请回到列表或案件页面由本人点“回电”")
    return found
