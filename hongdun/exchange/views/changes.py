"""The public feed for programs that ask from time to time; those that listen are sent to the stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from hongdun.base import answers
from hongdun.base.authorise import PUBLIC, action, requires
from hongdun.base.operations import Given, operation
from hongdun.base.parameters import whole
from hongdun.exchange.queries import changes as queries
from hongdun.lib import changes

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

READ = action("exchange.changes", "读取公开变更", PUBLIC)
HIGHEST = 10**15
MOST = 1000
USUAL = 100

GONE = answers.problem_type("gone", 410, "变更已不保留")
AHEAD = answers.problem_type("ahead", 409, "序号超前")
CHANGE: dict[str, Any] = {
    "type": "object",
    "required": ["position", "at", "topic"],
    "properties": {
        "position": {"type": "integer", "minimum": 1, "description": "序号，从 1 起，不跳号"},
        "at": {"type": "string", "format": "date-time"},
        "topic": {"type": "string", "enum": list(changes.TOPICS)},
        "uscc": {"type": "string", "description": "统一社会信用代码；批量导入没有"},
        "name": {"type": "string", "description": "变更后的名称"},
        "version": {"type": "integer", "minimum": 1, "description": "变更后的版本"},
        "entity": {"type": "string", "description": "完整公示信息的地址"},
        "on": {"type": "string", "format": "date", "description": "起效日期"},
        "items": {"type": "array", "items": {"type": "string"}, "description": "变更的事项"},
        "status": {"type": "string", "description": "变更后的登记状态"},
        "entities": {"type": "integer", "description": "批量导入的户数，内容在下一份快照里"},
        "import": {"type": "string", "description": "批量导入的编号"},
    },
}
PAGE: dict[str, Any] = {
    "type": "object",
    "required": ["changes", "position", "next"],
    "properties": {
        "changes": {"type": "array", "items": CHANGE},
        "position": {"type": "integer", "description": "最后一条的序号，下次从它之后读"},
        "next": {"type": ["string", "null"], "description": "下一页；null 表示已到最新"},
    },
}


@requires(READ)
@operation(
    summary="公开变更",
    about="登记簿的公开变更，按序号排列，不跳号、不重复。记住 position，下次用 after 接着读。"
    "要一直收听的，用 /api/v1/changes/stream（服务器推送事件，after 的意思相同）。",
    tag="变更",
    parameters=(
        whole("after", "从哪个序号之后读起", lowest=0, highest=HIGHEST, default=0),
        whole("limit", "最多几条", lowest=1, highest=MOST, default=USUAL),
    ),
    problems=(GONE, AHEAD),
    answer=PAGE,
    example="/api/v1/changes?after=0&limit=10",
)
def page(request: HttpRequest, given: Given) -> HttpResponse:
    after, limit = given["after"], given["limit"]
    extent = queries.extent()
    known = {"oldest": extent.oldest, "newest": extent.newest}
    if extent.ahead(after):
        return answers.problem(AHEAD, f"序号 {after} 还没有给出过，最新的是 {extent.newest}，请核对", **known)
    if extent.lost(after):
        detail = f"序号 {extent.oldest} 以前的变更已不保留，请从 /open-data/ 的快照重新开始"
        return answers.problem(GONE, detail, **known)
    found = [queries.as_json(change) for change in queries.page(after, limit)]
    position = found[-1]["position"] if found else after
    following = _address(position, limit) if len(found) == limit else None
    response = answers.answer(request, {"changes": found, "position": position, "next": following})
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def _address(after: int, limit: int) -> str:
    return f"{reverse('exchange:changes')}?{urlencode({'after': after, 'limit': limit})}"


@requires(READ)
def stream(request: HttpRequest) -> HttpResponse:
    """Where no proxy leads this address to the stream's own process, tell the client where that is."""
    response = HttpResponseRedirect(f"{settings.STREAM_URL}{request.get_full_path()}")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
