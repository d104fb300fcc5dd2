"""Changes as Atom, for readers of feeds: of one entity for everybody, of all that one follows by a secret address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import require_safe

from hongdun.base import answers
from hongdun.base.authorise import PUBLIC, action, requires
from hongdun.exchange.queries import changes
from hongdun.exchange.queries import follows as queries
from hongdun.lib import uscc as codes
from hongdun.register import queries as register

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from hongdun.exchange.models import Change

READ = action("exchange.feeds", "订阅变更", PUBLIC)
ATOM = "application/atom+xml; charset=utf-8"


@requires(READ)
@require_safe
def entity(request: HttpRequest, uscc: str) -> HttpResponse:
    found = register.current(codes.normalise(uscc))
    if found is None:
        raise Http404(f"登记簿没有统一社会信用代码 {uscc}，请核对。")
    feed = _feed(f"{found.name}的登记变更", f"/entity/{found.uscc}/", request)
    for change in changes.of_entity(found.uscc):
        _add(feed, change, change.words)
    return _answer(request, feed)


@requires(READ)
@require_safe
def followed(request: HttpRequest, number: UUID, mark: str) -> HttpResponse:
    found = queries.of_feed(number, mark)
    if found is None:
        raise Http404("订阅地址不对，或者已经更换；请登录后从关注页重新复制。")
    feed = _feed("我关注的登记变更", "/follow/", request)
    for each in found:
        _add(feed, each.change, f"{each.change.name}：{each.change.words}", about="、".join(each.labels))
    answer = _answer(request, feed)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _feed(title: str, page: str, request: HttpRequest) -> Atom1Feed:
    return Atom1Feed(
        title=title,
        link=settings.BASE_URL + page,
        description="",
        language="zh-CN",
        author_name="红盾网",
        feed_url=settings.BASE_URL + request.path,
    )


def _add(feed: Atom1Feed, change: Change, title: str, *, about: str = "") -> None:
    feed.add_item(
        title=title,
        link=settings.BASE_URL + change.get_absolute_url(),
        description=f"关注：{about}" if about else title,
        unique_id=f"urn:hongdun:change:{change.position}",
        pubdate=change.at,
        updateddate=change.at,
    )


def _answer(request: HttpRequest, feed: Atom1Feed) -> HttpResponse:
    data = feed.writeString("utf-8").encode()
    response = HttpResponse(data, content_type=ATOM, headers=answers.CORS)
    return answers.same_or(request, response, answers.etag_of(data))
