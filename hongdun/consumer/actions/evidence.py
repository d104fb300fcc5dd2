"""Papers and photos that the sender or an officer puts to a case: proof, letters, powers of attorney."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.cases import actions as cases
from hongdun.consumer.queries.progress import OWN
from hongdun.documents import actions as documents
from hongdun.documents import queries as document_queries
from hongdun.documents.errors import DocumentProblem

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.documents.models import Document

KINDS = {
    "evidence": "证据材料",
    "authorisation": "授权委托书",
    "identity": "身份证明材料",
    "letter": "来信扫描件",
}
TITLES = {**KINDS, OWN: "投诉举报证据"}
MOST = 30


def add(
    case: Case, *, data: bytes, filename: str, kind: str, actor: Actor, person: UUID | None = None
) -> Document:
    """Keep one file with the case; raises Refused with what to do about it."""
    if case.closed:
        raise cases.NotOpen("已经办结，不能再补充材料。需要重新办理的，请拨打 12315。")
    if document_queries.of_case(case.id).filter(issued=False).count() >= MOST:
        raise cases.Refused(f"每件最多 {MOST} 份材料，请合并后再上传。")
    try:
        return documents.store_upload(
            data, actor=actor, kind=kind, title=TITLES[kind], filename=filename, organ=case.organ, person=person,
            case_id=case.id,
        )  # fmt: skip
    except DocumentProblem as problem:
        raise cases.Incomplete(str(problem), field="file") from problem
