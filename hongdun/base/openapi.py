"""openapi.json (OpenAPI 3.1) from what the views declare: it can't say anything else than they do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from hongdun.base import answers, operations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongdun.base.operations import Operation
    from hongdun.base.parameters import Schema

CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")
PROBLEM: Schema = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri", "enum": []},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string", "description": "哪里不对、怎样改"},
        "parameter": {"type": "string", "description": "有误的参数"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["position", "detail"],
                "properties": {
                    "position": {"type": ["integer", "null"], "description": "第几位有误，从 1 起"},
                    "detail": {"type": "string"},
                },
            },
        },
        "challenge": {"type": "object", "description": "解答后可以再得一份额度，做法见其中的 rule"},
    },
}
EVERYWHERE = (
    operations.BAD_PARAMETER, answers.WRONG_METHOD, answers.BAD_KEY, answers.BAD_PROOF, answers.TOO_MANY,
    answers.BUSY, answers.UNAVAILABLE,
)  # fmt: skip
# Without a key one asks as well, within the limits of the anonymous.
KEYS: Schema = {
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Api-Key",
        "description": "登录后在 /account/keys/ 建立",
    },
    "bearer": {"type": "http", "scheme": "bearer", "description": "同一个密钥，写作 Authorization: Bearer"},
}
NO_BODY: Schema = {"description": "与 If-None-Match 所示的相同，没有正文"}


def document(*, title: str, about: str, version: str, server: str) -> Schema:
    paths: dict[str, Schema] = {}
    tags: dict[str, None] = {}
    for route, declared in operations.published():
        paths[address(route)] = _path(declared)
        tags[declared.tag] = None
    problem = PROBLEM | {"properties": PROBLEM["properties"] | {"type": _problem_types()}}
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version, "description": about},
        "servers": [{"url": server}],
        "tags": [{"name": name} for name in tags],
        "security": [{}, *({name: []} for name in KEYS)],
        "paths": paths,
        "components": {"schemas": {"Problem": problem}, "securitySchemes": KEYS},
    }


def address(route: str) -> str:
    """/api/v1/entities/{uscc} of Django's api/v1/entities/<str:uscc>."""
    return "/" + CONVERTER.sub(r"{\1}", route)


def _problem_types() -> Schema:
    return {"type": "string", "format": "uri", "enum": [each.urn for each in answers.PROBLEMS.values()]}


def _path(declared: Operation) -> Schema:
    own: Schema = {
        "summary": declared.summary,
        "description": declared.about,
        "tags": [declared.tag],
        "parameters": [each.described() for each in declared.parameters.all],
        "responses": _responses(declared),
    }
    if declared.body:
        own["requestBody"] = {"required": True, "content": {answers.JSON: {"schema": declared.body}}}
    return {declared.method.lower(): own}


def _responses(declared: Operation) -> Schema:
    found: dict[str, Any] = {
        "200": {"description": declared.summary, "content": {declared.media: {"schema": declared.answer}}}
    }
    if declared.method == "GET":
        found["304"] = NO_BODY
    problems = {*EVERYWHERE, *declared.problems}
    problems |= {operations.BAD_BODY} if declared.body else set()
    for status in sorted({each.status for each in problems}):
        found[str(status)] = _problem(each for each in problems if each.status == status)
    return found


def _problem(kinds: Iterable[answers.ProblemType]) -> Schema:
    titles = "；".join(sorted(f"{each.title}（{each.kind}）" for each in kinds))
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": titles, "content": {answers.PROBLEM_JSON: {"schema": schema}}}
