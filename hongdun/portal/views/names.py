"""Whether a name is free: a page for whoever is about to found, and the same for programs (名称规定 art. 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from hongdun.base import answers
from hongdun.base.authorise import action, requires
from hongdun.base.operations import BAD_BODY, Given, operation
from hongdun.lib import organs, uscc
from hongdun.lib.entitytypes import KINDS
from hongdun.portal import forms
from hongdun.portal.views.schemas import DAY_OR_NONE, TEXT, USCC, WHOLE, listed, or_none, record
from hongdun.register import queries as register
from hongdun.register.models import Fate, NameKind

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hongdun.base.parameters import Schema
    from hongdun.register.queries import Bearer, Check, Finding

CHECK = action("register.check_name", "查名称", "*")
LONGEST_NAME = 100
MOST_LINKED = 50

BEARER = record(
    name=TEXT,
    uscc=or_none(USCC),
    kind={"type": "string", "enum": NameKind.values},
    status=TEXT | {"description": "登记状态，见代码表 statuses；保留的名称为空"},
    city=TEXT | {"description": "登记机关所在设区市，四位"},
    until=DAY_OR_NONE,
    fate={"type": "string", "enum": Fate.values},
)
FINDING = record(
    rule=TEXT | {"description": "规则代码"},
    label=TEXT,
    article=TEXT,
    explanation=TEXT,
    entity=or_none(BEARER),
)
ANSWER: Schema = record(
    "suggestions",
    name=TEXT,
    parts=record(
        place=TEXT,
        division=TEXT,
        trade=TEXT,
        industry=TEXT,
        industry_group=TEXT,
        form=TEXT,
        parent=TEXT,
        branch=TEXT,
    ),
    region_wide={"type": "boolean", "description": "与全自治区的名称比对；否则与所在设区市的"},
    free={"type": "boolean", "description": "没有不能使用的理由；有近似提示的仍可申报"},
    blocking=listed(FINDING),
    warnings=listed(FINDING),
    freed=listed(FINDING),
    more=WHOLE | {"description": "没有列出的近似名称数"},
    suggestions=listed(TEXT),
)
CODES: Schema = {"type": "array", "items": USCC, "maxItems": MOST_LINKED}
BODY: Schema = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME, "pattern": r"^[^\u0000]*$"},
        "city": {"type": "string", "pattern": "^45(0[1-9]|1[0-4])$", "description": "设区市，四位"},
        "kind": {"type": "string", "enum": list(KINDS)},
        "trade": {"type": "string", "maxLength": LONGEST_NAME, "pattern": r"^[^\u0000]*$"},
        "industry": {"type": "string", "maxLength": LONGEST_NAME, "pattern": r"^[^\u0000]*$"},
        "investors": CODES | {"description": "有投资关系的企业的统一社会信用代码"},
        "assigned": CODES | {"description": "受让其名称的企业的统一社会信用代码"},
        "suggest": {"type": "boolean", "description": "不能使用时另外推荐几个名称"},
    },
}


class BadBody(ValueError):
    """The message names the member and how to mend it."""


@requires(CHECK)
@operation(
    summary="名称比对",
    about="拟用的名称怎样拆分，与哪些名称相同（不能使用）或者近似（提示），各依据哪一条。",
    tag="名称",
    answer=ANSWER,
    problems=(BAD_BODY,),
    example="/api/v1/names/check",
    method="POST",
    body=BODY,
)
def check(request: HttpRequest, given: Given) -> HttpResponse:
    body: dict[str, Any] = given["body"]
    try:
        name, naming = _asked(body)
    except BadBody as error:
        return answers.problem(BAD_BODY, str(error), parameter="body")
    found = register.check_name(name, naming)
    told = told_of(found)
    if body.get("suggest") and not found.free:
        told["suggestions"] = register.suggest(name, naming)
    return answers.answer(request, told)


def _asked(body: dict[str, Any]) -> tuple[str, register.Naming]:
    unknown = sorted(set(body) - set(BODY["properties"]))
    if unknown:
        raise BadBody(f"没有 {'、'.join(map(str, unknown))[:60]}，可用的有 {'、'.join(BODY['properties'])}")
    name = _text(body, "name")
    if not name:
        raise BadBody("name 不能为空，请填写拟用的名称")
    kind = _text(body, "kind") if "kind" in body else "enterprise"
    if kind not in KINDS:
        raise BadBody(f"kind 应为 {'、'.join(KINDS)} 之一")
    if not isinstance(body.get("suggest", False), bool):
        raise BadBody("suggest 应为 true 或者 false")
    naming = register.Naming(
        organ=_city(_text(body, "city")) if "city" in body else None, kind=kind,
        trade=_text(body, "trade"), industry=_text(body, "industry"),
        investors=_codes(body, "investors"), assigned=_codes(body, "assigned"),
    )  # fmt: skip
    return name, naming


def _text(body: dict[str, Any], member: str) -> str:
    value = body.get(member, "")
    if not isinstance(value, str) or len(value) > LONGEST_NAME or "\0" in value:
        raise BadBody(f"{member} 应为文字，最多 {LONGEST_NAME} 个字")
    return value


def _city(code: str) -> int:
    if not (code.isascii() and code.isdecimal() and int(code) in register.CITIES[1:]):
        raise BadBody("city 应为四位的设区市代码，例如 4501（南宁市）")
    return int(code) * 100_000


def _codes(body: dict[str, Any], member: str) -> frozenset[str]:
    value = body.get(member, [])
    if not isinstance(value, list) or len(value) > MOST_LINKED or not all(map(_is_code, value)):
        raise BadBody(f"{member} 应为统一社会信用代码（18 位）的数组，最多 {MOST_LINKED} 个")
    return frozenset(each.upper() for each in value)


def _is_code(value: object) -> bool:
    return isinstance(value, str) and len(value) == uscc.LENGTH


def told_of(found: Check) -> dict[str, Any]:
    parts = found.parts
    return {
        "name": parts.name,
        "parts": {
            "place": parts.place, "division": parts.division, "trade": parts.trade, "industry": parts.industry,
            "industry_group": parts.group, "form": parts.form, "parent": parts.parent, "branch": parts.branch,
        },
        "region_wide": found.region_wide,
        "free": found.free,
        "blocking": [_finding(each) for each in found.blocking],
        "warnings": [_finding(each) for each in found.warnings],
        "freed": [_finding(each) for each in found.freed],
        "more": found.more,
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule, "label": finding.label, "article": finding.article,
        "explanation": finding.explanation, "entity": finding.bearer and _bearer(finding.bearer),
    }  # fmt: skip


def _bearer(bearer: Bearer) -> dict[str, Any]:
    return {
        "name": bearer.name, "uscc": bearer.uscc or None, "kind": bearer.kind, "status": bearer.status,
        "city": str(bearer.city), "until": bearer.until, "fate": bearer.fate,
    }  # fmt: skip


@requires(CHECK)
def page(request: HttpRequest) -> HttpResponse:
    form = forms.NameForm(request.GET or None)
    found, suggested = None, []
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        organ = organs.city_of(data["city"]) if data["city"] else None
        naming = register.Naming(organ=organ, kind=data["kind"])
        found = register.check_name(data["name"], naming)
        suggested = [] if found.free else register.suggest(data["name"], naming)
    context = {"form": form, "check": found, "suggested": suggested}
    return render(request, "portal/names.html", context)
