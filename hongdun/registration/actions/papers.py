"""The notices of a registration case: receipt, registration, refusal; and the archive that binds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.timezone import localdate, localtime

from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.documents import actions as documents
from hongdun.documents import archive as binding
from hongdun.documents import queries as document_queries
from hongdun.documents import signing
from hongdun.documents.notices import Item, NoticeData, print_notice
from hongdun.documents.words import written_date
from hongdun.law import queries as law
from hongdun.org import queries as org
from hongdun.registration.actions import titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.law.models import Ground
    from hongdun.register.models import Entity


def receipt(case: Case, *, actor: Actor) -> None:
    """接收申请材料凭证 (until 2022-02-28 受理通知书): what was handed in, and until when the authority decides."""
    files = document_queries.of_case(case.id).filter(issued=False)
    rows = tuple((str(n), each.title, each.filename, f"{each.pages} 页") for n, each in enumerate(files, 1))
    text = (
        f"你（单位）于{written_date(case.received)}提交的{case.title}的{case.procedure.label}申请材料收悉，"
    )
    text += "材料齐全、符合法定形式，我局决定予以受理，" if titles.is_old(case) else ""
    text += f"受理编号：{case.number}。"
    decided = f"登记机关将于{written_date(case.clock_due)}前作出决定。" if case.clock_due else ""
    cases.tell(
        case, kind="receipt", series="登收", title=titles.title("receipt", case), addressee=case.data["applicant"],
        paragraphs=[text], columns=("序号", "材料", "文件", "页数") if rows else (), rows=rows,
        closing=(decided,) if decided else (), actor=actor,
    )  # fmt: skip


HASH_GROUP = 8


def signatures(case: Case, *, actor: Actor) -> None:
    """电子签名页: who signed what of which hash, for the archive (细则 art. 15)."""
    signed = case.data.get("signatures") or ()
    if not signed:
        return
    bureau = org.county_bureau_of(case.organ)
    rows = tuple(
        (
            each["name"],
            f"以{each['capacity']}身份签署{'、'.join(each['signs'])}",
            f"{each['at'][:16]}，{each['by']}",
        )
        for each in signed
    )
    digest = signed[0]["hash"]
    grouped = " ".join(
        digest[at : at + HASH_GROUP] for at in range(0, len(digest), HASH_GROUP)
    )  # so that it wraps
    data = NoticeData(
        title="电子签名页", number=case.number, addressee=case.data["applicant"], organ=bureau.name, issued=clock.today(),
        paragraphs=(
            f"{case.title}{case.procedure.label}申请由下列人员在线签署，申请内容及全部材料的 SHA-256 为：",
            grouped,
        ),
        columns=("签署人", "签署的文件", "时间和身份核验"), rows=rows,
        closing=("内容或者材料有任何改动，上列签名即失去效力（市场主体登记管理条例实施细则第十五条）。",),
        seal_number=cases.seal_number(bureau.code),
    )  # fmt: skip
    documents.issue(
        print_notice(data, specimen=signing.is_specimen()), actor=actor, organ=case.organ, kind="signature_page",
        title=data.title, location=bureau.name, number=case.number, person=case.person, case_id=case.id,
    )  # fmt: skip


def registered(case: Case, entity: Entity, *, actor: Actor) -> None:
    """登记通知书."""
    decided = f"{_application(case)}，申请材料齐全，符合法定形式，"
    decided += f"依据{titles.article(case)}，我局决定予以登记。"
    cases.tell(
        case, kind="registered", series="登", title=titles.title("registered", case), addressee=case.data["applicant"],
        paragraphs=[
            decided,
            f"统一社会信用代码：{entity.uscc}。营业执照签发日期即为成立日期（条例第二十一条）。",
        ],
        actor=actor,
    )  # fmt: skip


# What is refused where it isn't a registration.
REFUSED = {"recording": "备案", "correction": "更正"}


def refused(case: Case, grounds: Iterable[Ground], *, opinion: str, actor: Actor) -> None:
    """不予登记通知书: the facts, every article relied on, and how to contest the decision."""
    what = REFUSED.get(case.procedure_code, "登记")
    title = f"不予{what}通知书" if what != "登记" else titles.title("refused", case)
    cases.tell(
        case, kind="refused", series="登否", title=title, addressee=case.data["applicant"],
        paragraphs=[
            f"{_application(case)}，经审查，{opinion.rstrip('。')}。",
            f"依据下列规定，我局决定不予{what}：",
        ],
        items=[Item(each.text, each.citation) for each in grounds],
        remedies=remedies(case.organ), actor=actor,
    )  # fmt: skip


def _application(case: Case) -> str:
    return f"你（单位）提交的{case.title}的{case.procedure.label}申请（受理编号：{case.number}）"


def remedies(organ: int) -> str:
    """Review by the government of the same level, or suit (行政复议法 art. 20, 24; 行政诉讼法 art. 46)."""
    review, suit = law.remedies(clock.today())
    return (
        f"如不服本决定，可以自收到本通知书之日起{review.limit}内向{org.government_of(organ)}申请行政复议（{review.citation}），"
        f"也可以自收到本通知书之日起{suit.limit}内依法向人民法院提起行政诉讼（{suit.citation}）。"
    )


def review_sheet(case: Case, *, actor: Actor) -> None:
    """登记审核表: who decided what, when, and with which opinion; part of the archive (细则 art. 59)."""
    bureau = org.county_bureau_of(case.organ)
    steps = case.procedure.steps
    rows = tuple(
        (
            steps[task.step].label, steps[task.step].outcomes[task.outcome].label, task.opinion or "—",
            task.done_name, f"{localtime(task.done):%Y-%m-%d %H:%M}",
        )
        for task in case.tasks.filter(done__isnull=False).exclude(outcome="stopped").order_by("done")
    )  # fmt: skip
    data = NoticeData(
        title="登记审核表", number=case.number, addressee=case.data["applicant"], organ=bureau.name, issued=clock.today(),
        paragraphs=(f"{case.title}{case.procedure.label}，{written_date(case.received)}{case.procedure.arrived}，办理经过如下：",),
        columns=("环节", "结果", "意见", "人员", "时间"), rows=rows,
        station=org.organ(case.station).name if case.station else "", seal_number=cases.seal_number(bureau.code),
    )  # fmt: skip
    documents.issue(
        print_notice(data, specimen=signing.is_specimen()), actor=actor, organ=case.organ, kind="review_sheet",
        title=data.title, location=bureau.name, number=case.number, case_id=case.id,
    )  # fmt: skip


def bind(case: Case, *, actor: Actor) -> None:
    """One PDF of the whole case with an index; kept with the case (细则 art. 59)."""
    review_sheet(case, actor=actor)
    bureau = org.county_bureau_of(case.organ)
    papers = [
        binding.Paper(
            title=each.title, content_type=each.content_type, data=document_queries.content(each), number=each.number,
            author=bureau.name if each.issued else case.data["applicant"], day=localdate(each.created),
        )
        for each in document_queries.of_case(case.id)
    ]  # fmt: skip
    cover = binding.Cover(
        organ=bureau.name, title=f"{case.title}{case.procedure.label}档案", case_number=case.number, entity=case.title,
        opened=case.received, closed=clock.today(), archived_by=actor.name,
    )  # fmt: skip
    documents.issue(
        binding.archive(cover, papers), actor=actor, organ=case.organ, kind="archive", title="登记档案",
        location=bureau.name, number=case.number, case_id=case.id,
    )  # fmt: skip
