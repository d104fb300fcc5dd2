"""What the front says by itself where nobody else can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import answers
from hongdun.base.front.exchange import Answer
from hongdun.base.middleware import CSP, HEADERS, request_number

if TYPE_CHECKING:
    from hongdun.base.front.exchange import Request

PROGRAMS = (b"/api/", b"/readyz", b"/livez")  # whoever watches a site reads JSON as well
PAGE = (
    '<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>{0}</title>'
    "<h1>{0}</h1><p>请几秒后刷新页面。已经保存的内容都在。</p></html>"
)
AWAY_PAGE = PAGE.format("网站正在恢复，请稍候").encode()
AWAY_PROBLEM = answers.problem_bytes(answers.UNAVAILABLE, "网站正在恢复，请几秒后重试")


def away(request: Request) -> Answer:
    """The web service is being started anew."""
    return _refusal(request, AWAY_PAGE, AWAY_PROBLEM)


def _refusal(request: Request, page: bytes, problem: bytes) -> Answer:
    for_program = request.target.startswith(PROGRAMS)
    body = problem if for_program else page
    headers = [
        *(answers.CORS.items() if for_program else ()),
        ("Content-Type", answers.PROBLEM_JSON if for_program else "text/html; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Retry-After", "2"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", CSP),
        *HEADERS.items(),
        ("X-Request-Id", request_number(request.environ(""))),
    ]
    return Answer("503 Service Unavailable", headers, body)
