"""The official forms: they bear the county bureau's name and seal, and say which station handles (art. 30, 40)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.cases.models import Notice
from hongdun.consumer.queries import remedies
from hongdun.documents import actions as documents
from hongdun.documents import signing
from hongdun.documents.notices import Item, NoticeData, print_notice
from hongdun.documents.words import written_date
from hongdun.org import queries as org
from hongdun.org.actions import next_number
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.org.models import Organ

SEAL = "投诉举报专用章"


def to_complainant(
    case: Case, *, kind: str, title: str, paragraphs: Iterable[str], actor: Actor, **rest: Any
) -> Notice:
    """Printed, numbered, sealed, and told over every channel the complainant left."""
    name = (parties.name_of(case.person) if case.person else "") or case.procedure.party
    return cases.tell(
        case, kind=kind, series=f"{case.procedure.series}告", title=title, addressee=name, paragraphs=paragraphs,
        actor=actor, seal_line=SEAL, remedies=remedies.words(kind, case), **rest,
    )  # fmt: skip


def to_merchant(
    case: Case,
    *,
    kind: str,
    title: str,
    paragraphs: Iterable[str],
    actor: Actor,
    addressee: str = "",
    **rest: Any,
) -> Notice:
    """The same for the other side: kept with the case, handed over or sent by the officer who says so later."""
    bureau = org.county_bureau_of(case.organ)
    today = clock.today()
    number = next_number(organ=bureau.code, series=f"{case.procedure.series}告", year=today.year)
    data = NoticeData(
        title=title, number=number, addressee=addressee or case.data["merchant"]["name"],
        paragraphs=tuple(paragraphs), organ=bureau.name, issued=today,
        station=org.organ(case.station).name if case.station else "", seal_line=SEAL,
        seal_number=cases.seal_number(bureau.code), **rest,
    )  # fmt: skip
    paper = documents.issue(
        print_notice(data, specimen=signing.is_specimen()), actor=actor, organ=case.organ, kind=kind, title=title,
        location=bureau.name, number=number, case_id=case.id,
    )  # fmt: skip
    audit.record("notice.issued", actor=actor, subject=number, organ=case.organ, case_id=case.id, kind=kind)
    return Notice.objects.create(
        case=case, organ=case.organ, kind=kind, number=number, title=title, document=paper.id, at=clock.now(),
        body={"paragraphs": list(data.paragraphs), "items": [[i.text, i.article] for i in data.items]},
    )  # fmt: skip


def dispatch_notice(case: Case, *, to: Organ, report_by: date | None, actor: Actor) -> Notice:
    """Form 3: from a province or city to whoever has the power, with the day by which to report back."""
    last = f"，并于{written_date(report_by)}前反馈办理情况" if report_by else ""
    urgent = (
        f"本件{'、'.join(case.data['urgency_words'])}，请优先办理。" if case.data.get("urgency_words") else ""
    )
    return to_merchant(
        case, kind="dispatch_notice", title=f"{case.procedure.label}分送通知书", addressee=to.name,
        paragraphs=(
            (f"我局于{written_date(case.received)}收到对“{case.title}”的{case.procedure.label}（编号：{case.number}），"
            f"经研究，依法应当由你局（所）处理。现予分送，请依法处理{last}。"),
            *([urgent] if urgent else []),
        ),
        items=(Item("来件登记信息随本通知在系统内一并移交"),), actor=actor,
    )  # fmt: skip
