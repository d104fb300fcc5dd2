"""Snapshots to look at and to fetch, whole or in parts."""

from __future__ import annotations

import re
import threading
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hongdun.base import answers
from hongdun.base.authorise import PUBLIC, action, requires
from hongdun.exchange.queries import changes, columns, files
from hongdun.lib.changes import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpRequest

    from hongdun.exchange.queries.files import Snapshot


READ = action("exchange.open_data", "开放数据", PUBLIC)
RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z", re.ASCII)
BLOCK = 1 << 20
# Of the four threads of a web process at most these are held by downloads, which may take long.
DOWNLOADS = threading.BoundedSemaphore(2)
BUSY = answers.problem_type("busy", 503, "暂时太忙")
TYPES = {".zst": "application/zstd", ".parquet": "application/vnd.apache.parquet"}
FOR_ALL = {"Access-Control-Allow-Origin": "*", "Accept-Ranges": "bytes"}


@requires(READ)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    found = files.all_snapshots()
    context = {
        "newest": found[0] if found else None,
        "older": found[1:],
        "columns": columns.ENTITIES,
        "topics": TOPICS,
        "extent": changes.extent(),
        "base": request.build_absolute_uri("/").rstrip("/"),
    }
    return render(request, "exchange/open_data.html", context)


@requires(READ)
@require_safe
def newest(_request: HttpRequest) -> HttpResponse:
    """Where the newest manifest is, for programs that come every day."""
    found = files.newest()
    if found is None:
        raise Http404("还没有制作过快照，请明天再来。")
    response = HttpResponse(status=HTTPStatus.FOUND)
    response.headers["Location"] = reverse("exchange:file", args=[found.day, files.MANIFEST])
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@requires(READ)
@require_safe
def file(request: HttpRequest, day: str, name: str) -> HttpResponse:
    snapshot = files.snapshot(day)
    if snapshot is None:
        raise Http404("没有这一天的快照，或者已经过期删除；请从开放数据页选择。")
    if name == files.MANIFEST:
        return JsonResponse(snapshot.manifest, json_dumps_params={"ensure_ascii": False}, headers=FOR_ALL)
    described = snapshot.file(name)
    if described is None:
        raise Http404("这一天的快照里没有这个文件，请从开放数据页选择。")
    return _send(request, snapshot, described)


def _send(request: HttpRequest, snapshot: Snapshot, described: dict[str, Any]) -> HttpResponse:
    etag, size = f'"{described["sha256"]}"', described["bytes"]
    headers = FOR_ALL | {"ETag": etag, "Cache-Control": "public, max-age=86400"}
    if answers.is_known(request, etag):
        return HttpResponse(status=HTTPStatus.NOT_MODIFIED, headers=headers)
    part = _part(request, etag, size)
    start, end = part or (0, size - 1)
    if part and (start >= size or start > end):
        headers["Content-Range"] = f"bytes */{size}"
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    if not DOWNLOADS.acquire(blocking=False):
        return answers.problem(BUSY, "正在下载的人较多，请过一会儿再试；已下载的部分可以接着下载")
    path = snapshot.folder / described["name"]
    blocks = _blocks(path, start, end + 1)
    next(blocks)  # begun, so that closing it frees the place however far it has come
    headers |= {
        "Content-Length": str(end + 1 - start),
        "Content-Disposition": f'attachment; filename="{path.name}"',
    }
    if part:
        headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    status = HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK
    answer = StreamingHttpResponse(blocks, status=status, content_type=TYPES[path.suffix], headers=headers)
    return cast("HttpResponse", answer)  # for whoever passes it on they are the same


def _part(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for (RFC 9110 §14); None where it is all, or more than one part."""
    asked = RANGE.match(request.headers.get("Range", ""))
    if not asked or asked[0] == "bytes=-" or request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _blocks(path: Path, position: int, end: int) -> Iterator[bytes]:
    try:
        yield b""
        with path.open("rb") as source:
            source.seek(position)
            while block := source.read(min(BLOCK, end - position)):
                position += len(block)
                yield block
    finally:
        DOWNLOADS.release()
