"""One case of 青秀, and officers in every relation to it that the authorisation matrix knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from hongdun.base.clock import now, today
from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Case, Recusal, Transfer
from hongdun.documents import store
from hongdun.documents.models import Document
from hongdun.org import actions as org
from hongdun.org import queries as org_queries
from hongdun.org.models import Officer, Post, Role
from hongdun.parties import actions as parties
from hongdun.registration.models import Draft
from tests.cases import builders as cases
from tests.org.builders import HASH, NANNING, QINGXIU, REGION, TOTP, XINGNING
from tests.parties.builders import an_applicant

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor

CHENGZHONG = 450_202_000
NANHU, XINZHU = 450_103_004, 450_103_001


@dataclass(frozen=True, slots=True)
class Relation:
    """Where an officer stands; `sees`: the case is in sight. A relation that has ended has no seat at all."""

    name: str
    organ: int
    sees: bool
    ended: bool = False
    acting: bool = False
    recused: bool = False


# Written down from architecture §5 by hand: the expected side of the matrix.
RELATIONS = (
    Relation("own", QINGXIU, sees=True),
    Relation("city above", NANNING, sees=True),
    Relation("region above", REGION, sees=True),
    Relation("station that handles it", NANHU, sees=True),
    Relation("another station below", XINZHU, sees=False),
    Relation("sibling county", XINGNING, sees=False),
    Relation("county of another city", CHENGZHONG, sees=False),
    Relation("another city", 450_200_000, sees=False),
    Relation("shared with", 450_302_000, sees=True),
    Relation("share ended", 450_303_000, sees=False),
    Relation("expired post", QINGXIU, sees=True, ended=True),
    Relation("post not begun", QINGXIU, sees=True, ended=True),
    Relation("left the service", QINGXIU, sees=True, ended=True),
    Relation("acting for another", QINGXIU, sees=True, acting=True),
    Relation("acting elsewhere", CHENGZHONG, sees=False, acting=True),
    Relation("recused", QINGXIU, sees=True, recused=True),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The case that is looked at, and rows that hang on it."""

    case: Case
    applicant: Actor
    document: UUID
    draft: UUID
    key: UUID
    person: UUID
    officer: UUID
    post: UUID


def a_subject() -> Subject:
    applicant = an_applicant(1)
    case = cases.case(by=applicant, organ=QINGXIU, station=NANHU)
    colleague = an_officer("colleague")
    with system_scope("测试") as system:
        parties.involve(
            applicant.person,
            case_id=case.id,
            organ=QINGXIU,
            role="shareholder",
            actor=system,  # type: ignore[arg-type]
        )
        post = org.add_post(post=Post(officer=colleague, organ_id=QINGXIU, role="clerk"), actor=system)
        document = Document.objects.create(
            sha256=store.put(b"%PDF-1.7 a lease"),
            kind="lease",
            title="租赁合同",
            filename="a.pdf",
            content_type="application/pdf",
            size=1,
            pages=1,
            organ=QINGXIU,
            case_id=case.id,
        )
        org.share_case(case_id=case.id, organ=450_302_000, until=None, reason="协查", actor=system)
        ended = org.share_case(case_id=case.id, organ=450_303_000, until=None, reason="协查", actor=system)
        org.end_share(share=ended, at=now() - timedelta(seconds=1), actor=system)
    with acting(cases.officer("head", organ=QINGXIU)) as head:
        Transfer.objects.create(
            case=case, source=QINGXIU, target=QINGXIU, person=head.person, post=head.post, reason="测试"
        )
    with acting(applicant):
        charter = {"label": "公司章程", "text": "公司章程\n第一条　公司名称：测试。", "model": ""}
        draft = Draft.objects.create(
            person=applicant.person,
            procedure_code="company_establishment",
            data={"papers": {"charter": charter}},
        )
        key, _ = parties.make_key(name="进货查验", actor=applicant)
    return Subject(case, applicant, document.id, draft.id, key.id, applicant.person, colleague.id, post.id)  # type: ignore[arg-type]


def an_officer(login: str, *, organ: int = QINGXIU) -> Officer:
    with system_scope("测试") as system:
        return org.add_officer(login=login, name="张三", organ=organ, password=HASH, totp=TOTP, actor=system)


def officer_in(relation: Relation, role: str, subject: Subject) -> Actor:
    """A new officer with this role who stands in this relation to the subject's case."""
    officer = an_officer(f"{role}.{relation.name.replace(' ', '-')}", organ=relation.organ)
    post = Post(officer=officer, organ_id=relation.organ, role=role)
    if relation.acting:
        post.acting, post.on_behalf_of_id, post.valid_to = True, subject.officer, today()
    if relation.name == "expired post":
        post.valid_from, post.valid_to = today() - timedelta(days=9), today() - timedelta(days=1)
    if relation.name == "post not begun":
        post.valid_from = today() + timedelta(days=1)
    with system_scope("测试") as system:
        org.add_post(post=post, actor=system)
        if relation.name == "left the service":
            Officer.objects.filter(id=officer.id).update(is_active=False)
        if relation.recused:
            Recusal.objects.create(
                case=subject.case, organ=QINGXIU, officer=officer.id, reason="近亲属是股东"
            )
    return org_queries.actor_for(post)


ROLES = tuple(Role.values)
