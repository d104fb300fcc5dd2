"""Error pages that help: what was saved, what to do, a number to quote."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from django.db import InterfaceError, OperationalError
from django.shortcuts import render

from hongdun.base import answers

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# What a program is told where a person would get a page.
ADVICE = {
    400: "请求不完整或者写法有误，请对照 /api/ 的说明核对网址",
    403: "没有权限，请核对",
    404: "没有这个地址，请对照 /api/ 的说明核对",
    500: "系统出错，请稍后重试；仍不行的，请把响应头 X-Request-Id 告诉我们",
    503: "暂时连不上数据库，请稍后重试",
}


def _page(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    if request.path.startswith("/api/"):
        return answers.problem(answers.BY_STATUS[status], message or ADVICE[status])
    context = {"message": message, "number": getattr(request, "hd_id", "")}
    return render(request, f"{status}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 403, str(exception or ""))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    message = exception.args[0] if exception and exception.args else ""
    return _page(request, 404, message if isinstance(message, str) and not message.startswith("No ") else "")


def failed(request: HttpRequest) -> HttpResponse:
    """A database that can't be reached is no fault of the page: say so, and that nothing was saved."""
    lost = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    return _page(request, 503 if lost else 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return _page(
        request, 403, "页面放得太久，或浏览器没有保存 Cookie。请返回上一页刷新后重新提交，已填写的内容还在。"
    )
