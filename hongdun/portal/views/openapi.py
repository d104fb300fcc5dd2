"""The API's description: for programs as openapi.json, for people as a page with examples."""

from __future__ import annotations

import json
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hongdun.base import answers, openapi, operations
from hongdun.base.authorise import action, requires
from hongdun.base.codelists import CODE_LISTS
from hongdun.base.operations import Given, operation
from hongdun.portal.views import schemas
from hongdun.portal.views.api import no_entity

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

WRONG = "91450102GX0000007X"
DESCRIBE = action("portal.api", "数据接口说明", "*")
VERSION = "1.0.0"  # of the API, whatever the platform's own
ABOUT = (
    "登记簿的公开信息（企业信息公示暂行条例第六条）。只读，不需要登记账号；各项含义见代码表。"
    "日期是北京时间的日期；错误依 RFC 9457，detail 说明怎样改。"
    "要一直收听变更的，用 /api/v1/changes/stream（服务器推送事件）；代投诉举报的，用 /open311/v2/（Open311 GeoReport v2）。"
)


@requires(DESCRIBE)
@operation(
    summary="本接口的 OpenAPI 3.1 描述",
    about="从各地址的声明生成，与实际的参数、返回一致。",
    tag="说明",
    answer=schemas.OPENAPI,
    example="/api/v1/openapi.json",
)
def openapi_json(request: HttpRequest, given: Given) -> HttpResponse:  # noqa: ARG001 - it has no parameters
    return answers.answer(request, described())


@cache
def described() -> dict[str, Any]:
    return openapi.document(
        title="红盾网公开数据接口", about=ABOUT, version=VERSION, server=settings.BASE_URL
    )


@require_safe
@requires(DESCRIBE)
def guide(request: HttpRequest) -> HttpResponse:
    addresses = [(openapi.address(route), declared) for route, declared in operations.published()]
    by_tag = sorted(addresses, key=lambda one: _tags(addresses).index(one[1].tag))
    context = {
        "groups": [(tag, list(group)) for tag, group in groupby(by_tag, lambda one: one[1].tag)],
        "problems": answers.PROBLEMS.values(),
        "code_lists": CODE_LISTS.values(),
        "base": settings.BASE_URL,
        "wrong": WRONG,
        "mistake": json.dumps(json.loads(no_entity(WRONG).content), ensure_ascii=False, indent=2),
    }
    return render(request, "portal/api.html", context)


def _tags(addresses: list[tuple[str, operations.Operation]]) -> list[str]:
    return list(dict.fromkeys(declared.tag for _, declared in addresses))
