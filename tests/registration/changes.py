"""A registered company and what its people type to have it changed; signatures as from their telephones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case
from hongdun.lib import residents
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.registration.establishment.queries import particulars
from hongdun.registration.models import Draft, Signature
from hongdun.registration.signing import actions as signing
from hongdun.registration.signing import links
from tests.registration import builders as build
from tests.registration.screened import decided

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.register.models import Entity

QINGXIU, XIANGSHAN = build.QINGXIU, 450_304_000
NAME = "广西鑫源数字科技有限公司"
PASSWORD = {"password": "yongjiang-2026-shui", "again": "yongjiang-2026-shui"}


def number(serial: int) -> str:
    body = f"45010319900101{serial:03d}"
    return body + residents.check_character(body)


HEAD = {"name": "黄志强", "id_number": number(11), "phone": "13800000011"}
FRESH = {"name": "陆建国", "id_number": number(37), "phone": "13800000037"}
AGENT = {"name": "韦小红", "id_number": number(2), "phone": "13800000002"}


def company(name: str = NAME, *, organ: int = QINGXIU, with_licence: bool = False) -> Entity:
    """Registered as an establishment would have; its people are known by number."""
    founder = build.applicant("张三")
    with acting(founder):
        answers = build.answers(founder, name=name)
    answers["domicile"]["organ"] = organ
    with system_scope("测试") as actor:
        entity = register.establish(
            particulars=particulars(answers, established=clock.today()), organ=organ, on=clock.today(), case_id=None,
            actor=actor,
        )  # fmt: skip
        if with_licence:
            for copy, place in (("original", 0), ("duplicate", 1)):
                register.record_licence(
                    entity=entity,
                    copy=copy,
                    duplicate_no=place,
                    on=clock.today(),
                    case_id=None,
                    actor=actor,  # type: ignore[arg-type]
                )
    return entity


def agent() -> Client:
    """An applicant of their own account, who fills in for the company."""
    client = Client()
    answer = client.post("/account/register/", {**AGENT, **PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return client


def actor_of(draft: Draft) -> Actor:
    from hongdun.base.actor import Actor

    return Actor("韦小红", "applicant", draft.person)


def begun(client: Client, entity: Entity, filing: str = "change") -> Draft:
    answer = client.post(f"/apply/new/{filing}/?uscc={entity.uscc}")
    assert answer.status_code == 302
    with system_scope("测试"):
        draft = Draft.objects.latest("started")
    fill(client, draft, "entity", {"uscc": entity.uscc})
    return draft


def fill(client: Client, draft: Draft, topic: str, typed: dict[str, Any]) -> None:
    answer = client.post(f"/apply/{draft.pk}/{topic}/", typed)
    assert answer.status_code == 302, said(answer)


def said(answer: Any) -> str:
    import re

    text = answer.content.decode()
    main = text[text.find("<main") :]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def chosen(*items: str, resolved: str = "") -> dict[str, Any]:
    return {"items": list(items), "resolved": resolved or clock.today().isoformat()}


def files(*codes: str) -> dict[str, Any]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return {code: SimpleUploadedFile(f"{code}.pdf", build.tiny_pdf(), "application/pdf") for code in codes}


def ask(draft: Draft) -> list[Signature]:
    with acting(actor_of(draft)) as actor:
        return signing.invite(draft.pk, actor=actor)


def sign(signature: Signature, who: dict[str, str]) -> None:
    """Through the actions, as the pages call them."""
    with system_scope("测试"):
        assert signing.identify(signature.pk, name=who["name"], digits=who["id_number"][-6:]) == ""
        signature.refresh_from_db()
        assert signing.confirm_code(signature.pk, typed=links.code(signature)) == ""
        signing.sign(signature.pk)


def send(client: Client, draft: Draft) -> Case:
    answer = client.post(f"/apply/{draft.pk}/check/")
    assert answer.status_code == 302, said(answer)
    with system_scope("测试"):
        return Case.objects.get(submission=draft.pk)


def finish(
    case: Case, step: str, role: str, decision: Decision, *, organ: int = 0, instance: str = ""
) -> Case:
    with acting(build.officer(role, organ=organ or case.organ)) as actor:
        return cases.finish_step(case.number, step, decision, actor=actor, instance=instance)


def approve(case: Case) -> Case:
    """Record filings are looked at by the rules first, as the release has it."""
    if case.procedure_code == "recording" and (case := decided(case)).closed:
        return case
    finish(case, "examine", "examiner", Decision("pass"))
    return finish(case, "approve", "approver", Decision("register"))


def now(entity: Entity) -> Any:
    with system_scope("测试"):
        entity.refresh_from_db()
        return register_queries.full(register_queries.latest(entity).version)


def officer(role: str, *, name: str = "") -> Actor:
    return build.officer(role, name=name)


def holders(*rows: tuple[str, ...], capital: str) -> dict[str, Any]:
    """(name, amount, number where one is typed)."""
    data: dict[str, Any] = {
        "capital": capital,
        "holder-TOTAL_FORMS": len(rows),
        "holder-INITIAL_FORMS": len(rows),
    }
    for n, (name, amount, *typed) in enumerate(rows):
        row = {"kind": "natural", "name": name, "amount": amount, "deadline": "2030-01-01", "form": "货币"}
        row |= {"id_number": typed[0]} if typed else {}
        data |= {f"holder-{n}-{key}": value for key, value in row.items()}
    return data
