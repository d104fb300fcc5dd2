"""Forms 1 and 2: the register of a complaint or report, printed for the signature or the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.consumer.models import Kind, Matter
from hongdun.consumer.queries import wording
from hongdun.documents import actions as documents
from hongdun.documents import signing
from hongdun.documents.statements import Side, StatementData, print_statement
from hongdun.documents.words import written_date
from hongdun.lib import masking
from hongdun.org import queries as org
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.documents.models import Document

TITLES = {Kind.COMPLAINT.value: "投诉登记表", Kind.REPORT.value: "举报登记表"}
ANSWERS = {True: "同意", False: "不同意"}


def print_register(case: Case, *, actor: Actor) -> Document:
    matter = Matter.objects.get(pk=case.pk)
    if matter.kind not in TITLES:
        raise cases.Refused("咨询和建议没有登记表。")
    bureau = org.county_bureau_of(case.organ)
    data = StatementData(
        title=TITLES[matter.kind], number=case.number, organ=bureau.name, issued=clock.today(),
        sides=(_sender(case, matter), _merchant(case)), sections=_sections(case, matter, actor),
        signed=False, seal_number=cases.seal_number(bureau.code),
        station=org.organ(case.station).name if case.station else "",
    )  # fmt: skip
    audit.record("document.printed", actor=actor, subject=data.title, organ=case.organ, case_id=case.id)
    return documents.issue(
        print_statement(data, specimen=signing.is_specimen()), actor=actor, organ=case.organ, kind="register_form",
        title=data.title, location=bureau.name, number=case.number, case_id=case.id,
    )  # fmt: skip


def _sender(case: Case, matter: Matter) -> Side:
    """A reporter stays sealed on paper too (art. 37)."""
    if matter.kind == Kind.REPORT:
        return Side("举报人", "信息另行封存" if not case.reporter.is_anonymous else "匿名")
    people = [each.person for each in parties.involved_in(case.id) if each.role == "applicant"]
    agents = [each.person.name for each in parties.involved_in(case.id) if each.role == "agent"]
    return Side(
        "投诉人", "、".join(p.name for p in people), "；".join(filter(None, (p.address for p in people))),
        "、".join(masking.phone(p.phone) for p in people), "、".join(agents),
    )  # fmt: skip


def _merchant(case: Case) -> Side:
    role = "被举报人" if case.procedure_code == "consumer.report" else "被投诉人"
    shop = case.data["merchant"]
    return Side(role, shop["name"], shop["address"], shop["phone"])


def _sections(case: Case, matter: Matter, actor: Actor) -> tuple[tuple[str, str], ...]:
    received = f"{written_date(matter.received)}，{wording.channel(matter)}，登记人：{actor.name}"
    if matter.kind == Kind.REPORT:
        return (("举报线索和依据", case.data["text"]), ("收到", received))
    consents = f"是否同意公示投诉信息：{ANSWERS[matter.may_publish]}\n是否同意委托调解：{ANSWERS[matter.may_entrust]}"
    return (
        ("消费者权益争议事实", case.data["text"]),
        ("投诉请求", wording.claims(matter) or "见事实"),
        ("涉及金额", f"{matter.amount} 元" if matter.amount is not None else "未填"),
        ("投诉人意见", consents),
        ("收到", received),
    )
