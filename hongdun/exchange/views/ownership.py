"""Shareholders of one entity for programs, in BODS 0.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import answers
from hongdun.base.authorise import PUBLIC, action, requires
from hongdun.base.operations import Given, operation
from hongdun.base.parameters import in_path
from hongdun.exchange.queries import ownership as queries
from hongdun.lib import uscc as codes

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

EXAMPLE = "91450102GX0000007C"
CODE = {"type": "string", "format": "uscc", "minLength": 18, "maxLength": 18}
READ = action("exchange.ownership", "读取股权", PUBLIC)
UNKNOWN = answers.problem_type("unknown", 404, "没有该主体")
BAD_CODE = answers.problem_type("code", 400, "代码有误")


@requires(READ)
@operation(
    summary="股权",
    about="公示的股东及其认缴出资，按受益所有权数据标准（BODS 0.4）。同一事实的编号不变。",
    tag="市场主体",
    parameters=(in_path("uscc", "统一社会信用代码", CODE, example=EXAMPLE),),
    problems=(UNKNOWN, BAD_CODE),
    answer={"type": "array", "items": {"type": "object"}},
    example=f"/api/v1/entities/{EXAMPLE}/ownership",
)
def ownership(request: HttpRequest, _given: Given, uscc: str) -> HttpResponse:
    code = codes.normalise(uscc)
    found = queries.of_entity(code)
    if found:
        return answers.answer(request, found)
    wrong = list(codes.problems(code))
    if wrong:
        flaws = [{"position": each.position, "detail": each.message} for each in wrong]
        return answers.problem(BAD_CODE, wrong[0].message, parameter="uscc", errors=flaws)
    return answers.problem(UNKNOWN, f"登记簿没有统一社会信用代码 {code}")
