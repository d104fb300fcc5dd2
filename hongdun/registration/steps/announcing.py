"""Filings that nobody decides: what was signed is published the moment it is sent, and creditors' days begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.base import actor as actors
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases import queries as case_queries
from hongdun.cases.procedure import Procedure, latest, register, step, steps, to
from hongdun.registration import allowable
from hongdun.registration.change import terms
from hongdun.registration.signing.signatories import Signatory
from hongdun.registration.steps import effects
from hongdun.registration.topics import entity as whose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker
    from hongdun.registration.models import Draft

PLAIN = {("publish", "published"): "公告已发布"}


def announcement(
    code: str, label: str, *, facts: Callable[..., Any], publish: Callable[..., None]
) -> Procedure:
    """Build and register a procedure of the one step that publishes."""
    return register(
        Procedure(
            code=code, version=1, label=label, start="publish", series="公告", law=code, facts=facts,
            steps=steps(
                step("publish", "发布公告", "system", to("published", "已发布", tone="go", effect=publish), clocked=False)
            ),
        )
    )  # fmt: skip


def submit(
    draft: Draft, data: dict[str, Any], *, blockers: Iterable[Blocker], why: str, actor: Actor
) -> Case:
    """`why`: for whom the system acts beyond the applicant's range, for the audit."""
    entity = whose.of(draft.data)
    effects.refuse_blocked(blockers)
    case = effects.open_filing(
        draft, latest(draft.procedure_code), organ=entity.organ, station=entity.station, title=entity.name, data=data,
        entity=entity.pk, files=set(), involved=terms.involved(draft.data, applicant=draft.person), actor=actor,
    )  # fmt: skip
    if not case_queries.open_tasks(case).exists():
        return case
    with system_scope(why):
        return cases.finish_step(
            case.number, "publish", cases.Decision("published"), actor=actors.system("公告发布")
        )


def blockers(entity: Entity) -> Iterator[Blocker]:
    """Only that it ended: whatever else is being filed, creditors may be told."""
    yield from (each for each in allowable.common(entity) if each.code != "open_filing")


def signed_by(data: Mapping[str, Any], *, capacity: str, paper: str) -> list[Signatory]:
    value = data.get("signer")
    return [Signatory(UUID(value["person"]), value["name"], capacity, (paper,))] if value else []
