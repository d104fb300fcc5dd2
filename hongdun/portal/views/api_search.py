"""GET /api/v1/entities: what the search finds, or everything under the filters, page by page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode

from hongdun.base import answers, parameters
from hongdun.base.authorise import action, requires
from hongdun.base.operations import Given, operation
from hongdun.base.parameters import Parameter
from hongdun.lib import entitytypes, industries, particulars
from hongdun.lib.particulars import STATUSES
from hongdun.portal import queries
from hongdun.portal.views import schemas
from hongdun.register import queries as register

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.register.queries import Found, Hit

LOOK_UP = action("register.look_up", "查企业", "*")
TOO_BROAD = answers.problem_type("too-broad", 422, "查找范围太大")
UNFIT = answers.problem_type("search", 409, "不能这样查找")
ADDRESS = "/api/v1/entities"
MOST = 100
FILTERS = ("city", "county", "status", "type", "industry", "founded_from", "founded_to")
MATCHED = schemas.or_none(
    schemas.record(by={"type": "string", "enum": list(queries.MATCHED)}, name=schemas.TEXT)
) | {"description": "凭什么查到：名称、曾用名、拼音、同音……，以及所匹配的文字；没有给 q 的为 null"}
ITEM = schemas.record(
    uscc=schemas.TEXT,
    name=schemas.TEXT,
    type=schemas.coded(list(entitytypes.TYPES)),
    status=schemas.coded(list(particulars.STATUSES)),
    authority=schemas.AUTHORITY,
    established=schemas.DAY_OR_NONE,
    address=schemas.TEXT,
    matched=MATCHED,
)
ENTITIES = schemas.record(
    count=schemas.record(value=schemas.WHOLE, at_least={"type": "boolean"})
    | {"description": f"at_least 为 true 的，只数到 {register.MOST}"},
    items=schemas.listed(ITEM),
    next=schemas.TEXT_OR_NONE | {"description": "下一页的路径，也在 Link 头里；null 为已到末页"},
)


def _pattern(name: str, about: str, pattern: str, advice: str, *, example: str) -> Parameter:
    def read(given: str) -> str:
        if not re.fullmatch(pattern, given, re.ASCII):
            raise ValueError(f"{name} 应为{advice}，例如 {example}")
        return given

    schema = {"type": "string", "pattern": f"^(?:{pattern})$"}
    return Parameter(name=name, about=about, schema=schema, read=read, default="", example=example)


def _types() -> dict[str, str]:
    return dict(entitytypes.KINDS) | {each.code: each.label for each in entitytypes.TYPES.values()}


SECTIONS = "".join(each.code for each in industries.SECTIONS)


@requires(LOOK_UP)
@operation(
    summary="查找市场主体",
    about="q 是名称的两个字以上（可用空格隔开几个词）、拼音或者首字母、曾用名、代码或者注册号；名称中没有的，再查住所"
    "和经营范围。不给 q 的，列出符合条件的全部主体。翻页照 next 走：其间新登记的不会使结果重复或者遗漏。",
    tag="市场主体",
    answer=ENTITIES,
    parameters=(
        parameters.text("q", "要查的词", longest=100, example="鑫源 商贸"),
        _pattern("city", "登记机关所在设区市", r"\d{4}", "四位数字的设区市代码", example="4501"),
        _pattern("county", "登记机关所在县（市、区）", r"\d{6}", "六位行政区划代码", example="450102"),
        parameters.one_of("status", "登记状态，见代码表 statuses", STATUSES),
        parameters.one_of("type", "类型或者种类，见代码表 entity-types、entity-kinds", _types()),
        _pattern(
            "industry", "行业：门类、大类或者小类（GB/T 4754-2017）", rf"[{SECTIONS}]|\d{{2}}|\d{{4}}",
            "行业的门类字母、两位大类或者四位小类", example="52",
        ),
        parameters.day("founded_from", "成立日期从这一天起"),
        parameters.day("founded_to", "成立日期到这一天止"),
        parameters.whole("limit", "每页几个", lowest=1, highest=MOST, default=20),
        parameters.text("cursor", "照 next 给出的用", longest=1200),
    ),
    problems=(TOO_BROAD, UNFIT),
    example="/api/v1/entities?q=%E9%91%AB%E6%BA%90&city=4501&limit=10",
)  # fmt: skip
def entities(request: HttpRequest, given: Given) -> HttpResponse:
    filters: dict[str, Any] = {name: given[name] for name in FILTERS if given[name]}
    narrow = register.Narrow(**filters)
    try:
        found = register.find(given["q"], narrow=narrow, after=given["cursor"], size=given["limit"])
    except register.BadCursor:
        return _refused("cursor", "cursor 不是这次查找的：请照上一页的 next 用，换了条件就从第一页查起")
    except register.TooSlow:
        return answers.problem(TOO_BROAD, "没有在两秒内查完：请再加一个词，或者加上 city、industry 等条件")
    if found.too_short:
        return _refused("q", "q 至少要有一个两个字以上的词")
    response = answers.answer(request, _body(found, given))
    if found.after:
        response.headers["Link"] = f'<{_next(found, given)}>; rel="next"'
    return response


def _refused(name: str, words: str) -> HttpResponse:
    """What each parameter by itself allows, and the search as it stands does not."""
    return answers.problem(UNFIT, words, parameter=name)


def _next(found: Found, given: Given) -> str:
    asked = {name: str(given[name]) for name in ("q", *FILTERS, "limit") if given[name]}
    return f"{ADDRESS}?{urlencode(asked | {'cursor': found.after})}"


def _body(found: Found, given: Given) -> dict[str, Any]:
    named = queries.organ_names({hit.entity.organ for hit in found.hits})
    return {
        "count": {"value": found.total, "at_least": found.more},
        "items": [_item(hit, found.where, named, asked=bool(given["q"].strip())) for hit in found.hits],
        "next": _next(found, given) if found.after else None,
    }


def _item(hit: Hit, where: str, named: dict[int, str], *, asked: bool) -> dict[str, Any]:
    entity = hit.entity
    text = hit.match.text if hit.match else entity.uscc
    return {
        "uscc": entity.uscc,
        "name": entity.name,
        "type": {"code": entity.type, "label": entity.entity_type.label},
        "status": {"code": entity.status, "label": entity.status_label},
        "authority": {"code": entity.organ, "name": named[entity.organ]},
        "established": entity.established,
        "address": entity.address,
        "matched": {"by": queries.matched_by(hit, where), "name": text} if asked else None,
    }
