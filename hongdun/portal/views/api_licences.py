"""The state of one sheet of a licence, for machines: what the code on it opens for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import answers, parameters
from hongdun.base.authorise import requires
from hongdun.base.operations import Given, operation
from hongdun.portal import queries
from hongdun.portal.views import schemas
from hongdun.portal.views.verifying import LONGEST, VERIFY
from hongdun.register import queries as register
from hongdun.register.models import Licence
from hongdun.register.models.licences import COPIES

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

NO_SHEET = answers.problem_type("no-licence", 404, "没有这张执照")
EXAMPLE = "91450102GX0000007C-001"
ANSWER = schemas.record(
    serial=schemas.TEXT,
    uscc=schemas.USCC,
    name=schemas.TEXT,
    copy=schemas.coded(list(COPIES)),
    duplicate_no=schemas.WHOLE,
    issued=schemas.DAY,
    in_force={"type": "boolean", "description": "纸质和电子执照现在是否有效，登记状态也正常"},
    state=schemas.coded(list(Licence.State.values)),
    since=schemas.DAY,
    words=schemas.TEXT,
)


@requires(VERIFY)
@operation(
    summary="一张营业执照现在的状态",
    about="按印在执照上的编号查：有效、已换发、已声明作废、已缴回、已吊销等，自哪一天起。纸质和电子执照同一状态。",
    tag="市场主体",
    answer=ANSWER,
    parameters=(
        parameters.in_path("serial", "执照编号", {"type": "string", "maxLength": LONGEST}, example=EXAMPLE),
    ),
    problems=(NO_SHEET,),
    example=f"/api/v1/licences/{EXAMPLE}",
)
def licence(request: HttpRequest, given: Given, serial: str) -> HttpResponse:  # noqa: ARG001 - it takes no parameters
    found = register.licence_state("".join(serial.split()).upper()[:LONGEST])
    if found is None:
        return answers.problem(NO_SHEET, f"登记簿没有编号为 {serial[:LONGEST]} 的执照")
    verdict = queries.verdict(found)
    body = {
        "serial": found.serial, "uscc": found.entity.uscc, "name": found.entity.name,
        "copy": {"code": found.copy, "label": COPIES[found.copy]}, "duplicate_no": found.duplicate_no,
        "issued": found.issued_on, "in_force": verdict.good,
        "state": {"code": found.state, "label": found.get_state_display()}, "since": found.state_since,
        "words": f"{verdict.title}：{verdict.text}",
    }  # fmt: skip
    return answers.answer(request, body)
