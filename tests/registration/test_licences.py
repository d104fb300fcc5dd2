"""A licence follows the register: a changed name gives new sheets, and the old code says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from pypdf import PdfReader

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.documents import codes
from hongdun.documents import queries as documents
from hongdun.register import actions as register
from hongdun.register import queries
from hongdun.register.models import Entity
from hongdun.registration.actions.licences import issue_first
from tests.registration import builders as build

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.cases.models import Case
    from hongdun.register.models import Licence

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
FOUNDED, LATER = date(2026, 9, 2), date(2026, 11, 20)
RENAMED = "广西鑫江数字科技有限公司"


def founded() -> tuple[Case, Entity]:
    founder = build.applicant()
    with mock.patch("hongdun.base.clock.today", return_value=FOUNDED):
        with acting(founder):
            case = build.sent(founder)
        for step, decision, role in (("examine", "pass", "examiner"), ("approve", "register", "approver")):
            actor = build.officer(role)
            with acting(actor):
                cases.finish_step(case.number, step, Decision(decision), actor=actor)
    with system_scope("测试"):
        case.refresh_from_db()
    assert case.entity
    return case, Entity.objects.get(pk=case.entity)


def renamed(case: Case, entity: Entity) -> Entity:
    actor = build.officer("approver")
    with mock.patch("hongdun.base.clock.today", return_value=LATER), acting(actor):
        state = replace(queries.full(queries.latest(entity).version), name=RENAMED)
        entity = register.change(
            entity=entity, particulars=state, valid_from=LATER, case_id=case.id, actor=actor
        )
        issue_first(case, entity, actor=actor)
    return entity


def originals(entity: Entity) -> list[Licence]:
    """Newest first."""
    return list(queries.licences(entity).filter(copy="original").order_by("-issued_on"))


def words(sheet: Licence) -> str:
    with system_scope("测试"):
        assert sheet.document
        paper = documents.document(sheet.document)
        assert paper
        page = PdfReader(BytesIO(documents.content(paper))).pages[0]
    return "".join(page.extract_text().split())


def scanned(client: Client, sheet: Licence) -> str:
    """The page that the sheet's code opens; the same claims give the code that was printed."""
    claims = codes.Claims(
        uscc=sheet.entity.uscc, serial=sheet.serial, issued=sheet.issued_on, copy="original",
        version=sheet.version, organ=build.QINGXIU,
    )  # fmt: skip
    return client.get(f"/verify/{codes.licence_token(claims)}").content.decode()


def test_a_new_name_keeps_the_founding_date_and_outdates_the_old_code(client: Client) -> None:
    case, entity = founded()
    (old,) = originals(entity)
    assert "执照有效" in scanned(client, old)
    entity = renamed(case, entity)
    new, old = originals(entity)
    assert (entity.established, entity.name) == (FOUNDED, RENAMED)
    assert RENAMED in words(new)
    assert "成立日期2026年9月2日" in words(new)
    assert "执照有效" in scanned(client, new)
    outdated = scanned(client, old)
    assert "执照已被替换" in outdated
    assert "换发" in outdated
    assert RENAMED in outdated
