"""Addresses of the public API: what a view declares here is checked for it, and stands in openapi.json.

Any app adds an address by its `urls.py` alone: `@requires(…)`, then `@operation(…)`, then the view.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, Literal, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

from hongdun.base import answers
from hongdun.base.parameters import BadParameter, Parameter, Parameters, Schema

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.base.answers import ProblemType

P = ParamSpec("P")
Given = Mapping[str, Any]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
LONGEST_BODY = 65_536
ROOT = "api/v1/"

BAD_PARAMETER = answers.problem_type("parameter", 400, "参数有误")
BAD_BODY = answers.problem_type("body", 400, "请求正文有误")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`answer` is the JSON Schema of 200; `body`, with POST, that of what is sent."""

    summary: str
    about: str
    tag: str
    answer: Schema
    parameters: Parameters
    problems: tuple[ProblemType, ...]
    example: str
    method: Literal["GET", "POST"] = "GET"
    body: Schema | None = None
    media: str = answers.JSON
    allowed: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "allowed", answers.SAFE if self.method == "GET" else ("POST", "OPTIONS"))


def operation(
    *,
    summary: str,
    about: str,
    tag: str,
    answer: Schema,
    parameters: tuple[Parameter, ...] = (),
    problems: tuple[ProblemType, ...] = (),
    example: str,
    method: Literal["GET", "POST"] = "GET",
    body: Schema | None = None,
) -> Callable[[Callable[Concatenate[HttpRequest, Given, P], HttpResponse]], View[P]]:
    """Give the view what was asked for, read and checked; answer wrong methods and parameters for it."""
    declared = Operation(
        summary=summary, about=about, tag=tag, answer=answer, parameters=Parameters(parameters),
        problems=problems, example=example, method=method, body=body,
    )  # fmt: skip

    def bind(view: Callable[Concatenate[HttpRequest, Given, P], HttpResponse]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "OPTIONS":
                return answers.preflight(declared.allowed)
            if request.method not in declared.allowed:
                return answers.wrong_method(request, declared.allowed)
            try:
                given = declared.parameters.read(request.GET)
                if declared.body:
                    given |= {"body": _body(request)}
            except BadParameter as error:
                kind = BAD_BODY if error.name == "body" else BAD_PARAMETER
                return answers.problem(kind, str(error), parameter=error.name[:40])
            return view(request, given, *args, **kwargs)

        checked.operation = declared  # type: ignore[attr-defined]
        checked.csrf_exempt = True  # type: ignore[attr-defined]  # nothing here acts for a signed-in person
        return checked

    return bind


def _body(request: HttpRequest) -> dict[str, Any]:
    if int(request.META.get("CONTENT_LENGTH") or 0) > LONGEST_BODY:
        raise BadParameter("body", f"请求正文最长 {LONGEST_BODY} 字节，请缩短")
    try:
        body = json.loads(request.body)
    except ValueError:
        raise BadParameter("body", "请求正文应为 UTF-8 编码的 JSON") from None
    if not isinstance(body, dict):
        raise BadParameter("body", "请求正文应为 JSON 对象，例如 {}")
    return body


def published(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, Operation]]:
    """Every address under /api/v1/ with its declaration, in the order of the site's addresses."""
    for each in (resolver or get_resolver()).url_patterns:
        path = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from published(each, path)
        elif isinstance(each, URLPattern) and path.startswith(ROOT):
            declared = getattr(each.callback, "operation", None)
            if declared is not None:
                yield path, declared
