from __future__ import annotations

import json
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base import overload
from hongdun.base.overload import APPLICANT, MOST_KNOWN, OFFICER, Gate

if TYPE_CHECKING:
    from collections.abc import Iterator


class Slow:
    """Answers when it is let; told by the cookie who is an officer."""

    def __init__(self) -> None:
        self.begun, self.go = [], Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.begun.append(environ["PATH_INFO"])
        assert self.go.wait(10)
        environ[OFFICER] = "sessionid=officer" in environ.get("HTTP_COOKIE", "")
        environ[APPLICANT] = "sessionid=applicant" in environ.get("HTTP_COOKIE", "")
        start_response("200 OK", [])
        return [b"ok"]


class Crowd:
    """People before a gate, each in a thread of their own."""

    def __init__(self, gate: Gate, slow: Slow) -> None:
        self.gate, self.slow, self.threads = gate, slow, []

    def ask(self, path: str = "/", cookie: str = "") -> str:
        told: list[str] = []
        environ = {"PATH_INFO": path, "HTTP_COOKIE": cookie}
        self.gate(environ, lambda status, headers, *_: told.append(status))
        return told[0][:3]

    def begin(self, path: str = "/", cookie: str = "") -> None:
        waiting = len(self.slow.begun)
        thread = Thread(target=self.ask, args=(path, cookie))
        thread.start()
        self.threads.append(thread)
        while len(self.slow.begun) == waiting:
            thread.join(0.001)

    def settle(self) -> None:
        self.slow.go.set()
        for thread in self.threads:
            thread.join()
        self.slow.go.clear()


@pytest.fixture
def crowd() -> Iterator[Crowd]:
    slow = Slow()
    crowd = Crowd(Gate(slow, most=2, queue=0), slow)
    yield crowd
    crowd.settle()


def known_officer(crowd: Crowd, cookie: str = "sessionid=officer") -> None:
    crowd.begin("/desk/", cookie)
    crowd.settle()


def test_the_public_beyond_what_fits_is_refused_at_once(crowd: Crowd) -> None:
    crowd.begin()
    crowd.begin()
    assert crowd.ask() == "503"
    crowd.settle()
    crowd.begin()


def test_officers_come_in_whatever_the_crowd(crowd: Crowd) -> None:
    known_officer(crowd)
    crowd.begin()
    crowd.begin()
    crowd.begin("/desk/", "csrftoken=x; sessionid=officer")
    assert crowd.ask("/desk/", "sessionid=made-up") == "503"


def test_while_an_officer_waits_fewer_of_the_public_come_in(crowd: Crowd) -> None:
    known_officer(crowd)
    crowd.begin("/desk/", "sessionid=officer")
    crowd.begin()
    assert crowd.ask() == "503"


def test_a_made_up_cookie_is_no_officers(crowd: Crowd) -> None:
    known_officer(crowd, "sessionid=stranger")
    crowd.begin("/desk/", "sessionid=stranger")
    crowd.begin()
    assert crowd.ask("/desk/", "sessionid=stranger") == "503"


def test_the_watch_is_always_answered(crowd: Crowd) -> None:
    crowd.begin()
    crowd.begin()
    crowd.begin("/livez")


def test_only_so_many_sessions_are_remembered() -> None:
    gate = Gate(lambda *_: [], most=1, queue=0)
    for number in range(MOST_KNOWN + 1):
        gate._remember(str(number), OFFICER)
    assert len(gate._known) == MOST_KNOWN
    assert "0" not in gate._known


def test_there_is_room_to_wait_for_a_moment(crowd: Crowd, monkeypatch: pytest.MonkeyPatch) -> None:
    crowd.gate.queue = 1
    crowd.begin()
    crowd.begin()
    assert crowd.ask() == "503"  # it waited in vain
    monkeypatch.setattr(overload, "PATIENCE", 10)
    told: list[str] = []
    third = Thread(target=lambda: told.append(crowd.ask()))
    third.start()
    while not crowd.gate.waiting:
        third.join(0.001)
    assert crowd.ask() == "503"  # no room to wait
    crowd.settle()
    crowd.slow.go.set()
    third.join()
    assert told == ["200"]


def test_who_has_signed_in_waits_where_strangers_are_refused(crowd: Crowd) -> None:
    crowd.begin("/my/", "sessionid=applicant")
    crowd.settle()
    crowd.begin()
    crowd.begin()
    told: list[str] = []
    third = Thread(target=lambda: told.append(crowd.ask("/apply/", "sessionid=applicant")))
    third.start()
    while not crowd.gate.waiting:
        third.join(0.001)
    assert crowd.ask("/", "sessionid=made-up") == "503"
    crowd.slow.go.set()
    third.join()
    assert told == ["200"]


def test_a_program_is_refused_in_json() -> None:
    told: list[Any] = []
    gate = Gate(lambda *_: [], most=0, queue=0)
    (body,) = gate({"PATH_INFO": "/api/v1/entities/x"}, lambda status, headers, *_: told.extend(headers))
    assert ("Content-Type", "application/problem+json") in told
    assert ("Retry-After", "2") in told
    assert json.loads(body)["status"] == 503


def test_what_fails_leaves_its_place() -> None:
    def failing(*_: Any) -> list[bytes]:
        raise ValueError

    gate = Gate(failing, most=1, queue=0)
    for _ in range(3):
        with pytest.raises(ValueError):
            gate({"PATH_INFO": "/"}, lambda *_: None)
