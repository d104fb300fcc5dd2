"""The application of a shop-keeper on paper, filled in at the counter, to be signed there (细则 art. 15)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from hongdun.documents import applications
from hongdun.documents.words import written_date
from hongdun.org import queries as org
from hongdun.parties import actions as parties
from hongdun.parties.models import Person
from hongdun.registration import queries

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case

DECLARATIONS = (
    "申请人承诺：提交的材料和填写的内容真实、合法、有效，对此承担法律责任（《中华人民共和国市场主体登记管理条例》第十七条）。",
    "经营范围中依法须经批准的项目，取得批准后再开展经营活动。",
)


def print_application(case: Case, *, actor: Actor) -> bytes:
    """Numbers and addresses stand there in full, as the law's form has it; reading them is logged."""
    answers = queries.part(case.procedure_code, "queries").facts(case)["answers"]
    stated = [(label, words) for _, _, rows in answers for label, words in rows if label != "经营者"]
    data = applications.ApplicationData(
        title=f"{case.procedure.label}申请书", number=case.number, addressee=org.county_bureau_of(case.organ).name,
        signer=case.data["applicant"], made=case.received,
        rows=(*_personal(case, actor=actor), *stated, ("收件日期", written_date(case.received))),
        declarations=DECLARATIONS,
    )  # fmt: skip
    return applications.print_application(data)


def _personal(case: Case, *, actor: Actor) -> list[tuple[str, str]]:
    """What the application states of the operator, where one is stated in it."""
    stated = case.data.get("operator") or case.data.get("wanted", {}).get("operator")
    if not stated:
        return []
    operator = Person.objects.get(pk=UUID(stated["person"]))
    reason = f"打印{case.procedure.label}申请书（{case.number}）"
    labels = {"id_number": "经营者身份证号码", "address": "经营者住所", "phone": "联系电话"}
    found = [
        (label, parties.reveal(operator, field=field, reason=reason, actor=actor, case_id=case.id))
        for field, label in labels.items()
    ]
    return [("经营者", operator.name), *(row for row in found if row[1])]
