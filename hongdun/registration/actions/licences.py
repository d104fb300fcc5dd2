"""Print, sign and enter the sheets of a licence (条例 art. 21, 细则 art. 23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from django.conf import settings

from hongdun.base import clock
from hongdun.cases.actions import seal_number
from hongdun.documents import actions as documents
from hongdun.documents import signing
from hongdun.documents.codes import Claims, licence_url
from hongdun.documents.licence import LicenceData, print_licence
from hongdun.lib import money
from hongdun.org import queries as org
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.registration.licence import delivering

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

Copy = Literal["original", "duplicate"]


def issue_first(case: Case, entity: Entity, *, actor: Actor, duplicates: int = 1) -> None:
    """The original and its duplicates for a newly registered entity."""
    issue_sheet(case, entity, "original", 0, actor=actor)
    for number in range(1, duplicates + 1):
        issue_sheet(case, entity, "duplicate", number, actor=actor)
    delivering.due(case, entity, actor=actor)


def issue_sheet(case: Case, entity: Entity, copy: Copy, number: int, *, actor: Actor) -> None:
    sheet = register.record_licence(
        entity=entity, copy=copy, duplicate_no=number, on=clock.today(), case_id=case.id, actor=actor
    )
    bureau = org.county_bureau_of(case.organ)
    state = register_queries.latest(entity).particulars
    claims = Claims(
        uscc=entity.uscc,
        serial=sheet.serial,
        issued=sheet.issued_on,
        copy=copy,
        version=sheet.version,
        organ=bureau.code,
    )
    data = LicenceData(
        kind=state.entity_type.licence,
        composition=state.composition,
        uscc=entity.uscc,
        name=state.name,
        type=state.entity_type.label,
        principal=state.representative,
        capital=money.capitals(state.capital) if state.capital else "",
        established=state.established or sheet.issued_on,
        address=state.domicile.text,
        scope=state.scope.text,
        authority=bureau.name,
        issued=sheet.issued_on,
        url=licence_url(settings.BASE_URL, claims),
        serial=sheet.serial,
        seal_number=seal_number(bureau.code),
    )
    title = "营业执照（正本）" if copy == "original" else "营业执照（副本）"
    paper = documents.issue(
        print_licence(data, copy=copy, duplicate_no=max(number, 1), specimen=signing.is_specimen()),
        actor=actor, organ=case.organ, kind=f"licence_{copy}", title=title, location=bureau.name,
        number=sheet.serial, person=case.person, case_id=case.id,
    )  # fmt: skip
    register.attach_document(licence=sheet, document=paper.id)
