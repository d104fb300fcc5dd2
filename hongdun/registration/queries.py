from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from hongdun.cases.models import Case
from hongdun.cases.procedure import latest
from hongdun.registration.models import Draft

if TYPE_CHECKING:
    from types import ModuleType
    from uuid import UUID

    from django.db.models import QuerySet

    from hongdun.base.actor import Actor
    from hongdun.registration.forms import Topic

# Filings that can be made on line: procedure code → its folder.
FILINGS = {"company_establishment": "establishment"}


def part(procedure_code: str, name: str) -> ModuleType:
    """A module of the filing's folder: `forms`, `actions` or `queries`."""
    return import_module(f"hongdun.registration.{FILINGS[procedure_code]}.{name}")


def topics(procedure_code: str) -> dict[str, type[Topic]]:
    found: dict[str, type[Topic]] = part(procedure_code, "forms").TOPICS
    return found


def unfinished(draft: Draft) -> list[tuple[str, str]]:
    """Topics that hold the application back, with their labels: not filled in, or typed and not saved."""
    pages = topics(draft.procedure_code)
    return [(c, page.label) for c, page in pages.items() if c not in draft.data or c in draft.typed]


def label(procedure_code: str) -> str:
    return latest(procedure_code).label


def person_of(actor: Actor) -> UUID:
    """An applicant always has a person; officers and jobs don't file."""
    if actor.person is None:
        raise PermissionDenied("请先登录。")
    return actor.person


def open_drafts(actor: Actor) -> QuerySet[Draft]:
    return Draft.objects.filter(person=person_of(actor), sent__isnull=True).order_by("-updated")


def own_cases(actor: Actor) -> QuerySet[Case]:
    return Case.objects.of_applicant(actor).filter(procedure_code__in=FILINGS).order_by("-opened")


def own_case(actor: Actor, number: str) -> Case | None:
    return own_cases(actor).filter(number=number).first()


def answers(draft: Draft) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Every topic with its label and its answers in words, for checking before sending."""
    shown: Any = part(draft.procedure_code, "queries").answers
    pages = topics(draft.procedure_code)
    return [(code, page.label, shown(code, draft.data.get(code))) for code, page in pages.items()]
