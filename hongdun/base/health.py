"""Is this process alive, and is this instance fit to serve? For supervisors, proxies and operators."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hongdun.base.clock import now

LEAST_FREE = 0.05
# Below this only reading goes on: what is left belongs to PostgreSQL, whose log must always find room.
LEAST_FREE_TO_WRITE = 0.02
LEAST_BYTES_TO_WRITE = 100_000_000
READING = frozenset({"GET", "HEAD", "OPTIONS"})
WORKER_SILENCE_SECONDS = 30  # it reports every ten
LEAST_AUDIT_DAYS = 90
PARTITION_END = re.compile(r"TO \('(\d{4}-\d{2}-\d{2})")

Check = Callable[[], str | None]  # what is wrong and how to mend it, or None


@dataclass(frozen=True)
class Registered:
    name: str
    check: Check
    warning: bool  # told in the answer, but no reason to take the instance out of service


CHECKS: list[Registered] = []


def register(name: str, *, warning: bool = False) -> Callable[[Check], Check]:
    """Add a check to /readyz; call it from the app's `ready()` or its own module."""

    def add(check: Check) -> Check:
        CHECKS.append(Registered(name, check, warning))
        return check

    return add


@never_cache
@require_safe
def livez(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    failing: dict[str, str] = {}
    warnings: dict[str, str] = {}
    for each in CHECKS:
        if problem := _examine(each.check):
            (warnings if each.warning else failing)[each.name] = problem
    body = {"status": "failing" if failing else "ok", "failing": failing, "warnings": warnings}
    return JsonResponse(body, status=503 if failing else 200, json_dumps_params={"ensure_ascii": False})


def _examine(check: Check) -> str | None:
    try:
        return check()
    except Error as error:
        return f"数据库查询失败（{type(error).__name__}）；请检查 PostgreSQL 的日志"


class DiskGuard:
    """Refuse what would write while there is still room to read, rather than let the database run full."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in READING or room_to_write():
            return self.get_response(request)
        message = "存储空间不足，暂时只能查询，不能提交。这次操作没有留下任何改动，请稍后再试。"
        response = render(request, "503.html", {"message": message, "until": None}, status=503)
        response.headers["Retry-After"] = "300"
        return response


def room_to_write() -> bool:
    usage = shutil.disk_usage(settings.HONGDUN_HOME)
    return usage.free >= max(usage.total * LEAST_FREE_TO_WRITE, LEAST_BYTES_TO_WRITE)


@register("database")
def database() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery()")
        (in_recovery,) = cursor.fetchone() or (True,)
    return "数据库只读（处于恢复状态）；请连接主库" if in_recovery else None


@register("disk")
def disk() -> str | None:
    usage = shutil.disk_usage(settings.HONGDUN_HOME)
    if usage.free >= usage.total * LEAST_FREE and room_to_write():
        return None
    return f"{settings.HONGDUN_HOME} 所在磁盘只剩 {usage.free / usage.total:.1%}；请清理或扩容至 5% 以上"


@register("worker")
def worker() -> str | None:
    """Without the worker nothing is sealed, sent or dispatched, and nobody would notice."""
    last = _one("SELECT max(last_heartbeat) FROM procrastinate_workers")
    if isinstance(last, datetime) and (now() - last).total_seconds() < WORKER_SILENCE_SECONDS:
        return None
    return "后台任务进程没有心跳；请查看 log/worker.log"


@register("audit_partitions", warning=True)
def audit_partitions() -> str | None:
    bounds = _column(
        "SELECT pg_get_expr(part.relpartbound, part.oid) FROM pg_inherits"
        " JOIN pg_class part ON part.oid = inhrelid"
        " WHERE inhparent = to_regclass('audit_event')"
    )
    ends = [match[1] for bound in bounds if (match := PARTITION_END.search(bound))]
    last = datetime.fromisoformat(max(ends)).date() if ends else None
    if last and (last - now().date()).days >= LEAST_AUDIT_DAYS:
        return None
    return f"审计分区只到 {last or '（无）'}；请执行 hongdun maintain"


def _one(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
    return row[0] if row else None


def _column(sql: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [row[0] for row in cursor.fetchall()]
