"""The mediation statement (form 9) and the record kept where none is made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.consumer.complaint.forms import WAYS, WHY_NO_STATEMENT
from hongdun.documents import actions as documents
from hongdun.documents import signing
from hongdun.documents.statements import Side, StatementData, print_statement
from hongdun.documents.words import written_date
from hongdun.lib import masking
from hongdun.org import queries as org
from hongdun.org.actions import next_number
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

COPIES = "本调解书自双方签字或者盖章之日起生效。一式三份，双方各执一份，市场监督管理部门留存一份。"


def _print(case: Case, *, title: str, kind: str, closing: str, text: str, how: str, actor: Actor) -> None:
    bureau = org.county_bureau_of(case.organ)
    today = clock.today()
    number = next_number(organ=bureau.code, series="投调", year=today.year)
    data = StatementData(
        title=title, number=number, organ=bureau.name, issued=today, sides=_sides(case),
        sections=(
            ("争议事实和诉求", case.data["text"]),
            ("调解经过", how),
            ("协议内容", text),
        ),
        closing=closing, signed=kind == "statement", seal_number=cases.seal_number(bureau.code),
        station=org.organ(case.station).name if case.station else "",
    )  # fmt: skip
    documents.issue(
        print_statement(data, specimen=signing.is_specimen()), actor=actor, organ=case.organ, kind=kind, title=title,
        location=bureau.name, number=number, person=case.person, case_id=case.id,
    )  # fmt: skip
    audit.record("notice.issued", actor=actor, subject=number, organ=case.organ, case_id=case.id, kind=kind)


def statement(case: Case, *, text: str, session: Mapping[str, Any], actor: Actor) -> None:
    how = _how(case, session)
    _print(
        case, title="消费者权益争议调解书", kind="statement", closing=COPIES, text=text, how=how, actor=actor
    )


def record(case: Case, *, text: str, why: str, actor: Actor) -> None:
    how = f"{_how(case, case.data)}{WHY_NO_STATEMENT[why]}，未制作调解书，记录备查。"
    _print(
        case,
        title="消费者权益争议调解记录",
        kind="mediation_record",
        closing="",
        text=text,
        how=how,
        actor=actor,
    )


def _how(case: Case, session: Mapping[str, Any]) -> str:
    way = WAYS[session.get("way", "phone")]
    entrusted = session.get("entrusted_to")
    who = f"受我局委托，{entrusted}" if entrusted else "我局"
    return (
        f"{written_date(case.received)}收到投诉（编号：{case.number}）。经双方同意，{who}采取{way}方式进行调解，"
        f"调解人员：{session.get('mediator', '')}。双方自愿达成协议。"
    )


def _sides(case: Case) -> tuple[Side, Side]:
    people = [each.person for each in parties.involved_in(case.id) if each.role == "applicant"]
    names = "、".join(person.name for person in people)
    phones = "、".join(masking.phone(person.phone) for person in people)
    shop = case.data["merchant"]
    return (
        Side("投诉人", names, "、".join(filter(None, (p.address for p in people))), phones),
        Side("被投诉人", shop["name"], shop["address"], shop["phone"]),
    )
