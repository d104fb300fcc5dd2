"""Every kind of entity, from the first page to the licence."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pypdf import PdfReader

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case
from hongdun.documents import queries as documents
from hongdun.register import queries as register
from hongdun.registration.kinds import KINDS
from tests.registration import applications as apply
from tests.registration import builders as build

if TYPE_CHECKING:
    from hongdun.lib.particulars import Particulars
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]

# What stands on each kind's licence besides name and scope: label of the head, the head, label of the capital.
ON_LICENCE = {
    "company_establishment": ("法定代表人", "黄志强", "注册资本"),
    "stock_establishment": ("法定代表人", "黄志强", "注册资本"),
    "partnership_establishment": ("执行事务合伙人", "广西红豆投资有限公司（委派代表：黄志强）", "出资额"),
    "sole_establishment": ("投资人", "黄志强", "出资额"),
    "cooperative_establishment": ("法定代表人", "韦一", "出资额"),
    "branch_establishment": ("负责人", "黄志强", ""),
    "foreign_establishment": ("法定代表人", "黄志强", "注册资本"),
    "foreign_partnership_establishment": ("执行事务合伙人", "黄志强、约翰·陈", "出资额"),
    "legal_person_establishment": ("法定代表人", "黄志强", "出资额"),
    "foreign_branch_establishment": ("负责人", "黄志强", ""),
}


def filed(founder: Client, code: str) -> Case:
    draft = apply.started(founder, code)
    apply.fill(founder, draft, code)
    answer = founder.post(f"{draft}check/")
    assert answer.status_code == 302, build.shown_errors(answer)
    with system_scope("测试"):
        return Case.objects.get(procedure_code=code)


def registered(case: Case) -> Entity:
    for role, step, decision in (
        ("examiner", "examine", Decision("pass", opinion="材料齐全")),
        ("approver", "approve", Decision("register")),
        ("counter", "issue", Decision("issue", data={"delivery": "counter"})),
    ):
        with acting(build.officer(role, organ=case.organ)) as officer:
            cases.finish_step(case.number, step, decision, actor=officer)
    entity = register.find(case.title).entities[0]
    assert entity.name == case.title
    return entity


def state(entity: Entity) -> Particulars:
    with system_scope("测试"):
        return register.latest(entity).particulars


def licence_text(case: Case) -> str:
    with system_scope("测试"):
        paper = documents.of_case(case.id).get(kind="licence_original")
        pages = PdfReader(BytesIO(documents.content(paper))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("code", KINDS)
def test_an_application_becomes_a_licence(founder: Client, code: str) -> None:
    case = filed(founder, code)
    page = founder.get(f"/my/{case.number}/").content.decode()
    assert "接收申请材料凭证" in page
    entity = registered(case)
    label, head, capital = ON_LICENCE[code]
    text = licence_text(case)
    for words in (entity.name, entity.uscc, label, head, capital, entity.entity_type.label):
        assert words in text
    assert ("出资额" in text or "注册资本" in text) == bool(capital)
    assert entity.uscc.startswith("93" if code == "cooperative_establishment" else "91")
    assert Client().get(entity.get_absolute_url()).status_code == 200


def test_partners_are_registered_with_how_they_are_liable(founder: Client) -> None:
    entity = registered(filed(founder, "partnership_establishment"))
    assert [(s.holder, s.standing) for s in state(entity).shares] == [
        ("广西红豆投资有限公司", "general"),
        ("韦丽华", "limited"),
    ]
    assert {(p.role, p.name) for p in entity.people.all()} == {
        ("managing_partner", "广西红豆投资有限公司"),
        ("delegate", "黄志强"),
    }
    shown = Client().get(entity.get_absolute_url()).content.decode()
    assert "有限合伙人" in shown
    assert "金湖路" not in shown


def test_a_foreign_investor_keeps_its_country_and_the_recipient_stays_inside(founder: Client) -> None:
    entity = registered(filed(founder, "foreign_establishment"))
    assert [s.country for s in state(entity).shares] == ["中国", "新加坡"]
    assert "document_recipient" not in {p.role for p in entity.people.all()}
    with system_scope("测试"):
        assert "document_recipient" in {link.role for link in entity.person_links.all()}


def test_a_branch_of_a_registered_company_takes_its_name_and_type(founder: Client) -> None:
    parent = registered(filed(founder, "company_establishment"))
    draft = apply.started(founder, "branch_establishment")
    assert founder.post(f"{draft}parent/", {"uscc": parent.uscc}).status_code == 302
    page = founder.get(f"{draft}name/").content.decode()
    assert "有限责任公司分公司" in page
    assert "个人独资企业分支机构" not in page
    wrong = founder.post(f"{draft}name/", {"name": "广西鑫海科技有限公司桂林分公司", "type": "2100"})
    assert f"须冠以隶属企业的名称“{parent.name}”" in wrong.content.decode()
    right = founder.post(f"{draft}name/", {"name": f"{parent.name}桂林分公司", "type": "2100"})
    assert right.status_code == 302, build.shown_errors(right)
