"""Papers that tell the applicant something: numbered, sealed, kept, and announced to every channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases.models import Notice
from hongdun.documents import actions as documents
from hongdun.documents import signing
from hongdun.documents.notices import Item, NoticeData, print_notice
from hongdun.org import queries as org
from hongdun.org.actions import next_number
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case


def tell(
    case: Case,
    *,
    kind: str,
    series: str,
    title: str,
    addressee: str,
    paragraphs: Iterable[str],
    actor: Actor,
    items: Iterable[Item] = (),
    **rest: Any,
) -> Notice:
    """Print, number and sign a notice in the name of the county bureau; the station stands as 承办."""
    bureau = org.county_bureau_of(case.organ)
    today = clock.today()
    number = next_number(organ=bureau.code, series=series, year=today.year)
    data = NoticeData(
        title=title,
        number=number,
        addressee=addressee,
        paragraphs=tuple(paragraphs),
        organ=bureau.name,
        issued=today,
        items=tuple(items),
        station=org.organ(case.station).name if case.station else "",
        seal_number=seal_number(bureau.code),
        **rest,
    )
    paper = documents.issue(
        print_notice(data, specimen=signing.is_specimen()),
        actor=actor, organ=case.organ, kind=kind, title=title, location=bureau.name, number=number,
        person=case.person, case_id=case.id,
    )  # fmt: skip
    notice = Notice.objects.create(
        case=case, organ=case.organ, kind=kind, number=number, title=title, document=paper.id, at=clock.now(),
        body={"paragraphs": list(data.paragraphs), "items": [[i.text, i.article] for i in data.items], "remedies": data.remedies},
    )  # fmt: skip
    audit.record("notice.issued", actor=actor, subject=number, organ=case.organ, case_id=case.id, kind=kind)
    outbox.publish("case.notice", organ=case.organ, notice=str(notice.id), number=case.number, title=title)
    return notice


def seal_number(organ: int) -> str:
    """Thirteen digits engraved under a seal: the division, then the organ's own number (GA 241)."""
    return f"{organ // 1000:06d}{organ % 1000:03d}0001"
