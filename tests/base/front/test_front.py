"""The front hands on what it doesn't know, to the byte, and nobody can slip a word between it and the web service."""

from __future__ import annotations

import asyncio
import json
from functools import wraps
from typing import TYPE_CHECKING, Any

import pytest

from tests.base.front.builders import TOKEN, Ahead, Web, fronted, get, ok

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

POST = b"POST /in HTTP/1.1\r\nHost: here\r\nConnection: close\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"


def in_a_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(test(*args, **kwargs))

    return run


@in_a_loop
async def test_what_it_knows_it_answers_by_itself() -> None:
    async with fronted(Web()) as here:
        answer = await here.say(get("/known", last=False), get("/known"))
    assert answer.count(b"HTTP/1.1 200 OK") == answer.count(b"known") == 2
    assert b"X-Peer: 127.0.0.1\r\n" in answer
    assert b"\r\nDate: " in answer
    assert here.web.asked == []
    assert [json.loads(line)["path"] for line in here.lines] == ["/known", "/known"]


@in_a_loop
async def test_a_head_has_no_body() -> None:
    async with fronted(Web(lambda _: b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n")) as here:
        for path in ("/known", "/other"):
            head = get(path).replace(b"GET", b"HEAD")
            assert (await here.say(head)).endswith(b"\r\n\r\n")


@in_a_loop
async def test_all_else_is_the_web_services() -> None:
    async with fronted(Web(lambda request: ok(request.split(b" ")[1]))) as here:
        answer = await here.say(get("/a", last=False), get("/known", last=False), get("/b?c=d"))
    assert [part[-2:] for part in answer.split(b"HTTP/1.1 200 OK")[1::2]] == [b"/a", b"=d"]
    assert here.web.connections == 1
    assert here.lines[1:] == []


@in_a_loop
async def test_chinese_in_an_address_is_understood() -> None:
    async with fronted(Web()) as here:
        await here.say(get("/search/?q=南宁"))
    assert here.web.asked[0].startswith(b"GET /search/?q=%E5%8D%97%E5%AE%81 HTTP/1.1\r\n")


@in_a_loop
async def test_the_visitors_address_goes_with_the_token_and_nobody_else_can_say_it() -> None:
    forged = (
        b"X-Hongdun-Peer: secret 6.6.6.6",
        b"X_Hongdun_Peer: secret 6.6.6.6",
        b"x-hongdun-peer:secret 6.6.6.6",
    )
    async with fronted(Web(lambda _: ok(b"", b"X-Hongdun-Secret: own"))) as here:
        answer = await here.say(get("/", *forged, b"X-Forwarded-For: 1.2.3.4"))
    (request,) = here.web.asked
    assert request.count(b"hongdun") == 1
    assert b"\r\nx-hongdun-peer: %b 127.0.0.1\r\n" % TOKEN in request
    assert b"\r\nx-forwarded-for: 1.2.3.4\r\n" in request
    assert b"6.6.6.6" not in request
    assert b"own" not in answer


@pytest.mark.parametrize(
    "request_bytes",
    [
        POST + b"Content-Length: 11\r\n\r\nhello world",
        POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n",
    ],
)
@in_a_loop
async def test_bodies_arrive_whole(request_bytes: bytes) -> None:
    async with fronted(Web()) as here:
        assert (await here.say(*(bytes([each]) for each in request_bytes))).endswith(b"Django")
    head, _, body = here.web.asked[0].partition(b"\r\n\r\n")
    whole = b"".join(body.split(b"\r\n")[1::2]) if b"chunked" in head else body
    assert whole == b"hello world"


@in_a_loop
async def test_a_large_body_and_a_large_answer_pass_whole() -> None:
    large = bytes(range(256)) * 20_000
    async with fronted(Web(lambda request: ok(request.partition(b"\r\n\r\n")[2]))) as here:
        answer = await here.say(POST + b"Content-Length: %d\r\n\r\n" % len(large), large)
    assert answer.partition(b"\r\n\r\n")[2] == large


@in_a_loop
async def test_who_waits_to_be_told_to_go_on_is_told() -> None:
    async with fronted(Web()) as here:
        answer = await here.say(POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n", b"ab")
    assert answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK")
    assert b"expect" not in here.web.asked[0]


@in_a_loop
async def test_streamed_answers_pass_and_the_connection_goes_on() -> None:
    async with fronted(Web(lambda request: CHUNKED if b"/stream" in request else ok())) as here:
        answer = await here.say(get("/stream", last=False), get("/"))
    assert answer.startswith(CHUNKED)
    assert answer.endswith(b"Django")


@pytest.mark.parametrize(("said", "heard"), [(CHUNKED, b"abcde"), (ok(), b"Django")])
@in_a_loop
async def test_old_clients_get_plain_bodies(said: bytes, heard: bytes) -> None:
    async with fronted(Web(lambda _: said)) as here:
        answer = await here.say(b"GET / HTTP/1.0\r\n\r\n")
    head, _, body = answer.partition(b"\r\n\r\n")
    assert body == heard
    assert b"connection: close" in head
    assert b"chunked" not in head


@in_a_loop
async def test_an_answer_may_end_with_the_connection() -> None:
    async with fronted(Web(lambda _: b"HTTP/1.1 200 OK\r\n\r\nto the end")) as here:
        assert (await here.say(get("/", last=False))).endswith(b"to the end")


@in_a_loop
async def test_what_ahead_wants_to_keep_it_hears() -> None:
    ahead = Ahead()
    async with fronted(Web(lambda _: ok(b"page", b"x-more: 1")), ahead) as here:
        await here.say(get("/kept"))
    assert ahead.kept == [("200 OK", [("content-length", "4"), ("x-more", "1")], b"page")]


@pytest.mark.parametrize(
    "wrong",
    [
        b"NONSENSE\r\n\r\n",
        POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        b"GET / HTTP/1.1\r\nHost: here\r\nLong: " + b"a" * 70_000,
    ],
)
@in_a_loop
async def test_what_can_be_read_two_ways_goes_no_further(wrong: bytes) -> None:
    async with fronted(Web()) as here:
        assert (await here.say(wrong)).startswith(b"HTTP/1.1 400 ")
    assert here.web.asked == []


@in_a_loop
async def test_nobody_talks_another_protocol() -> None:
    async with fronted(Web()) as here:
        upgrade = get("/", b"Connection: Upgrade", b"Upgrade: websocket", last=False)
        assert (await here.say(upgrade, b"\x81\x00")).endswith(b"Django")
    assert b"pgrade" not in here.web.asked[0]


@pytest.mark.parametrize(("method", "calls"), [(b"GET", 2), (b"POST", 1)])
@in_a_loop
async def test_only_reads_are_asked_again_when_the_web_service_hangs_up(method: bytes, calls: int) -> None:
    async with fronted(Web(lambda _: None)) as here:
        answer = await here.say(get("/").replace(b"GET", method))
    assert answer.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nRetry-After: 2\r\n" in answer
    assert len(here.web.asked) == calls
    assert json.loads(here.lines[0])["status"] == 503


@in_a_loop
async def test_without_a_web_service_programs_get_a_problem() -> None:
    async with fronted(Web()) as here:
        here.front.pool.port = 1
        answer = await here.say(get("/api/v1/entities"))
        assert (await here.say(get("/known"))).endswith(b"known")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["type"] == "urn:hongdun:problem:unavailable"


@in_a_loop
async def test_a_broken_answer_is_not_taken_for_a_whole_one() -> None:
    async with fronted(Web(lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")) as here:
        answer = await here.say(get("/", last=False))
    assert answer.endswith(b"Content-Length: 9\r\n\r\nhalf")


@in_a_loop
async def test_who_is_silent_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SWEEP_SECONDS", "SLOW_SECONDS", "IDLE_SECONDS"):
        monkeypatch.setattr(f"hongdun.base.front.server.{name}", 0.01)
    async with fronted(Web()) as here:
        for begun in (b"", b"GET / HT", POST + b"Content-Length: 3\r\n\r\na"):
            assert await here.say(begun) == b""
