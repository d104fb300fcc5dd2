"""Templates are written, replaced and retired; their use is noted with the decision."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, UUID, uuid5

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases.opinions.models import OpinionTemplate, TemplateUse
from hongdun.lib import organs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case


def write(
    *,
    use: str,
    procedure: str,
    title: str,
    text: str,
    shared: bool,
    actor: Actor,
    old: OpinionTemplate | None = None,
) -> OpinionTemplate:
    """A changed template is a new one: what was used before stays as it was read. Written twice, it is one."""
    assert actor.organ
    made, is_new = OpinionTemplate.objects.get_or_create(
        organ=actor.organ, owner=None if shared else actor.person, use=use, procedure_code=procedure, title=title,
        text=text, retired=None,
    )  # fmt: skip
    if old and old != made:
        retire(old, actor=actor)
    if shared and is_new:
        audit.record("opinion.written", actor=actor, subject=made.pk, organ=actor.organ, title=title)
    return made


def retire(template: OpinionTemplate, *, actor: Actor) -> None:
    template.retired = clock.now()
    template.save(update_fields=["retired"])
    if template.owner is None:
        audit.record(
            "opinion.retired", actor=actor, subject=template.pk, organ=template.organ, title=template.title
        )


def note_use(templates: Iterable[UUID], *, case: Case, actor: Actor) -> None:
    assert actor.organ
    assert actor.person
    known = OpinionTemplate.objects.filter(pk__in=set(templates)).values_list("pk", flat=True)
    TemplateUse.objects.bulk_create(
        TemplateUse(template_id=key, organ=actor.organ, officer=actor.person, case=case) for key in known
    )


def load_standard() -> int:
    """The release's own, laid down for the region; one that a region retired stays retired."""
    text = (files("hongdun.cases.opinions") / "tables" / "standard.csv").read_text("utf-8")
    found = [
        OpinionTemplate(
            id=uuid5(NAMESPACE_URL, f"hongdun:opinion/{row['code']}"), organ=organs.REGION_BUREAU, use=row["use"],
            procedure_code=row["procedure"], title=row["title"], text=row["text"], position=position,
        )
        for position, row in enumerate(csv.DictReader(text.splitlines()), 1)
    ]  # fmt: skip
    fields = ["use", "procedure_code", "title", "text", "position"]
    OpinionTemplate.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )
    return len(found)
