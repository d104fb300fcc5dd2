"""Applications and officers, built the way the pages build them."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from pypdf import PdfWriter

from hongdun.base.actor import Actor
from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.documents import actions as documents
from hongdun.parties import actions as parties
from hongdun.registration.actions import drafts

if TYPE_CHECKING:
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft

QINGXIU = 450_103_000
ID_NUMBERS = ("450103199001010011", "450103198505050029")


@cache
def tiny_pdf() -> bytes:
    writer, out = PdfWriter(), BytesIO()
    writer.add_blank_page(width=200, height=200)
    writer.write(out)
    return out.getvalue()


def applicant(name: str = "韦小红") -> Actor:
    with system_scope("测试") as actor:
        known = parties.remember_person(name=name, actor=actor)
    return Actor(name=name, kind="applicant", person=known.id)


def officer(role: str, *, organ: int = QINGXIU, name: str = "") -> Actor:
    return Actor(
        name=name or f"{role}甲",
        kind="officer",
        person=uuid7(),
        organ=organ,
        post=uuid7(),
        roles=frozenset({role}),
    )


def person(actor: Actor, name: str) -> str:
    return str(parties.remember_person(name=name, actor=actor).id)


def upload(actor: Actor, kind: str) -> dict[str, str]:
    found = documents.store_upload(
        tiny_pdf(),
        actor=actor,
        kind=kind,
        title=kind,
        filename=f"{kind}.pdf",
        person=actor.person,
    )
    return {"id": str(found.id), "filename": found.filename, "title": kind}


def answers(actor: Actor, *, name: str = "广西鑫源数字科技有限公司") -> dict[str, Any]:
    head, other = person(actor, "黄志强"), person(actor, "韦丽华")
    return {
        "name": {"name": name, "type": "1130"},
        "domicile": {"organ": QINGXIU, "address": "南宁市青秀区民族大道 100 号 1201 室", "right": "rented"},
        "station": {"station": None},
        "scope": {"scope": "一般项目：软件开发；信息技术咨询服务。", "term": "long", "years": None},
        "shareholders": {
            "capital": "50",
            "rows": [
                {"kind": "natural", "name": "黄志强", "person": head, "masked": "4501**********0011", "amount": "30",
                 "deadline": "2030-01-01", "form": "货币"},
                {"kind": "natural", "name": "韦丽华", "person": other, "masked": "4501**********0029", "amount": "20",
                 "deadline": "2030-01-01", "form": "货币"},
            ],
        },
        "members": [
            {"role": "legal_representative", "name": "黄志强", "person": head, "masked": "4501**********0011"},
            {"role": "executive_director", "name": "黄志强", "person": head, "masked": "4501**********0011"},
            {"role": "supervisor", "name": "韦丽华", "person": other, "masked": "4501**********0029"},
            {"role": "liaison", "name": "黄志强", "person": head, "masked": "4501**********0011"},
        ],
        "documents": {kind: [upload(actor, kind)] for kind in ("applicant_identity", "domicile", "charter", "appointments")},
    }  # fmt: skip


def draft(actor: Actor, **rest: Any) -> Draft:
    found = drafts.start("company_establishment", actor=actor)
    for code, value in answers(actor, **rest).items():
        drafts.save_topic(found, code, value)
    return found


def sent(actor: Actor, **rest: Any) -> Case:
    return drafts.send(draft(actor, **rest).id, actor=actor)


def shown_errors(answer: Any) -> str:
    text = answer.content.decode()
    return " ".join(re.findall(r'class="govuk-error-summary.*?</ul>', text, re.DOTALL)) or text[:1500]
