"""What programs are answered: JSON with an ETag, and problems (RFC 9457) of published types."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.http import parse_etags

from hongdun.base.proofs import HEADER as PROOF

if TYPE_CHECKING:
    from django.http import HttpRequest

JSON = "application/json"
PROBLEM_JSON = "application/problem+json"
URN = "urn:hongdun:problem:"
SAFE = ("GET", "HEAD", "OPTIONS")
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id",
}
PREFLIGHT_SECONDS = 86_400
CACHING = "public, no-cache"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of failure that a program may tell apart; `title` is the same for all of its kind."""

    kind: str
    status: int
    title: str

    @property
    def urn(self) -> str:
        return URN + self.kind


PROBLEMS: dict[str, ProblemType] = {}


def problem_type(kind: str, status: int, title: str) -> ProblemType:
    return PROBLEMS.setdefault(kind, ProblemType(kind, status, title))


NOT_FOUND = problem_type("not-found", 404, "没有这个地址")
REFUSED = problem_type("refused", 403, "不能办理")
BAD_REQUEST = problem_type("request", 400, "请求有误")
FAILED = problem_type("failed", 500, "系统出错")
UNAVAILABLE = problem_type("unavailable", 503, "暂时不能服务")
BAD_KEY = problem_type("key", 401, "密钥无效")
BAD_PROOF = problem_type("proof", 400, "解答无效")
TOO_MANY = problem_type("rate", 429, "请求过于频繁")
BUSY = problem_type("busy", 503, "暂时太忙")
WRONG_METHOD = problem_type("method", 405, "不支持这个方法")
BY_STATUS = {each.status: each for each in (BAD_REQUEST, REFUSED, NOT_FOUND, FAILED, UNAVAILABLE)}


def problem(kind: ProblemType, detail: str, **more: object) -> HttpResponse:
    """`more` are members of this occurrence: the wrong `parameter`, the `errors` by position."""
    data = problem_bytes(kind, detail, **more)
    return HttpResponse(data, content_type=PROBLEM_JSON, status=kind.status, headers=CORS)


def problem_bytes(kind: ProblemType, detail: str, **more: object) -> bytes:
    body = {"type": kind.urn, "title": kind.title, "status": kind.status, "detail": detail, **more}
    return json.dumps(body, ensure_ascii=False).encode()


def wrong_method(request: HttpRequest, allowed: tuple[str, ...]) -> HttpResponse:
    named = "、".join(method for method in allowed if method != "OPTIONS")
    response = problem(WRONG_METHOD, f"这个地址不接受 {request.method} 请求，请用 {named}")
    response.headers["Allow"] = ", ".join(allowed)
    return response


def preflight(allowed: tuple[str, ...]) -> HttpResponse:
    """Tell a browser that scripts of other sites may ask (CORS)."""
    methods = ", ".join(allowed)
    headers = {
        "Allow": methods,
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": f"Authorization, Content-Type, If-None-Match, X-Api-Key, {PROOF}",
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    }
    return HttpResponse(status=204, headers=CORS | headers)


def encoded(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, default=str).encode()


def answer(request: HttpRequest, body: Any) -> HttpResponse:
    return answer_bytes(request, encoded(body))


def answer_bytes(request: HttpRequest, data: bytes) -> HttpResponse:
    """200 with this JSON, or 304 when the client has these very bytes."""
    return same_or(request, HttpResponse(data, content_type=JSON, headers=CORS), etag_of(data))


def same_or(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse:
    """`response` with its ETag, or 304 in its place; a client must ask anew each time."""
    if is_known(request, etag):
        response = HttpResponse(status=304, content_type=response.headers["Content-Type"], headers=CORS)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = CACHING
    return response


def etag_of(data: bytes) -> str:
    return f'"{blake2b(data, digest_size=16).hexdigest()}"'


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the client has this state already."""
    return is_among(request.headers.get("If-None-Match", ""), etag)


def is_among(known: str, etag: str) -> bool:
    """Whether If-None-Match names this state (RFC 9110 §13.1.2: weak comparison)."""
    named = parse_etags(known) if known else ()
    return "*" in named or etag in {each.removeprefix("W/") for each in named}
