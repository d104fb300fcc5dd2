"""Published code lists: what each code in the API's answers means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import answers, parameters
from hongdun.base.authorise import action, requires
from hongdun.base.codelists import CODE_LISTS, CodeList
from hongdun.base.operations import Given, operation
from hongdun.portal.views import schemas

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CODES = action("portal.code_lists", "代码表", "*")
NO_LIST = answers.problem_type("no-list", 404, "没有这个代码表")
# Apps publish their lists when they start, before any address is read.
NAMES = {"type": "string", "enum": list(CODE_LISTS)}
NAME = parameters.in_path("name", "代码表的名称，见 /api/v1/code-lists", NAMES, example="statuses")


@requires(CODES)
@operation(
    summary="全部代码表的目录",
    about="接口返回的代码各是什么意思，都有代码表。",
    tag="代码表",
    answer=schemas.CODE_LISTS,
    example="/api/v1/code-lists",
)
def code_lists(request: HttpRequest, given: Given) -> HttpResponse:  # noqa: ARG001 - it has no parameters
    listed = [
        {
            "name": each.name,
            "label": each.label,
            "source": each.source,
            "url": f"/api/v1/code-lists/{each.name}",
        }
        for each in CODE_LISTS.values()
    ]
    return answers.answer(request, {"code_lists": listed})


@requires(CODES)
@operation(
    summary="一个代码表",
    about="每行至少有 code 和 label，各表另有自己的项目。",
    tag="代码表",
    answer=schemas.CODE_LIST,
    parameters=(NAME,),
    problems=(NO_LIST,),
    example="/api/v1/code-lists/statuses",
)
def code_list(request: HttpRequest, given: Given, name: str) -> HttpResponse:  # noqa: ARG001 - as above
    found = CODE_LISTS.get(name)
    if found is None:
        return answers.problem(NO_LIST, f"没有这个代码表，可用的有 {'、'.join(CODE_LISTS)}")
    return answers.answer(request, _body(found))


def _body(found: CodeList) -> dict[str, object]:
    return {"name": found.name, "label": found.label, "source": found.source, "items": found.items()}
