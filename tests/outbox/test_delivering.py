from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.audit.models import Event
from hongdun.base import clock
from hongdun.base.actor import system
from hongdun.base.scope import current, system_scope
from hongdun.outbox import HANDLERS, on
from hongdun.outbox.actions import dispatch, retry_parked, sequence
from hongdun.outbox.actions.delivering import ATTEMPTS, LEAP
from hongdun.outbox.models import Consumer, Failure
from hongdun.outbox.queries import parked
from tests.outbox.builders import handler, listening, publish_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.outbox.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


class Ear:
    """Writes down what it hears, as an audit row; refuses the numbers in `deaf_to`."""

    def __init__(self, *deaf_to: int) -> None:
        self.deaf_to = set(deaf_to)

    def __call__(self, message: Message) -> None:
        n = message.body["n"]
        audit.record("test.heard", actor=current(), subject=f"n/{n}", n=n)
        if n in self.deaf_to:
            raise ValueError("听不清 13812345678")


def heard() -> list[int]:
    with system_scope("测试"):
        events = Event.objects.filter(verb="test.heard").order_by("id")
        return [event.data["n"] for event in events]


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    at = clock.now() + timedelta(seconds=seconds)
    monkeypatch.setattr("hongdun.outbox.actions.delivering.now", lambda: at)


@pytest.fixture
def three() -> Iterator[None]:
    publish_numbers(3)
    sequence()
    return


@pytest.mark.usefixtures("three")
def test_each_message_is_heard_once_and_in_order() -> None:
    with listening(handler(Ear()), handler(Ear(), name="test.other", topic="test.elsewhere")):
        assert dispatch() == 3
        assert dispatch() == 0
    assert heard() == [0, 1, 2]
    assert Consumer.objects.get(name="test.hear").position == 3


@pytest.mark.usefixtures("three")
def test_a_failed_handler_leaves_nothing_behind_and_holds_up_only_itself() -> None:
    fine = handler(Ear(), name="test.fine")
    with listening(handler(Ear(1)), fine):
        assert dispatch() == 4
    assert sorted(heard()) == [0, 0, 1, 2]
    failure = Failure.objects.get()
    assert (failure.consumer, failure.position, failure.attempts, failure.parked_at) == (
        "test.hear",
        2,
        1,
        None,
    )
    assert failure.error == "ValueError: 听不清 [已隐去]"


@pytest.mark.usefixtures("three")
def test_it_waits_longer_each_time_then_goes_on_when_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = Ear(1)
    with listening(handler(ear)):
        dispatch()
        assert dispatch() == 0
        assert Failure.objects.get().attempts == 1
        later(monkeypatch, 3)
        dispatch()
        failure = Failure.objects.get()
        assert (failure.attempts, failure.retry_at - failure.last_at) == (2, timedelta(seconds=4))
        ear.deaf_to.clear()
        later(monkeypatch, 10)
        assert dispatch() == 2
    assert heard() == [0, 1, 2]
    assert not Failure.objects.exists()


def park(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> Failure:
    with listening(handler(ear)):
        for attempt in range(ATTEMPTS):
            later(monkeypatch, attempt * 1000)
            dispatch()
    return parked().get()


@pytest.mark.usefixtures("three")
def test_after_the_last_try_the_message_is_set_aside_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    failure = park(Ear(1), monkeypatch)
    assert (failure.position, failure.attempts) == (2, ATTEMPTS)
    assert "听不清" in failure.error
    assert heard() == [0, 2]


@pytest.mark.usefixtures("three")
def test_a_message_set_aside_can_be_given_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = Ear(1)
    failure = park(ear, monkeypatch)
    with listening(handler(ear)):
        with pytest.raises(ValueError, match="听不清"):
            retry_parked(failure.id, actor=system("测试"))
        assert parked().exists()
        ear.deaf_to.clear()
        retry_parked(failure.id, actor=system("测试"))
    assert heard() == [0, 2, 1]
    assert not Failure.objects.exists()


@pytest.mark.usefixtures("three")
def test_the_command_lists_what_was_set_aside_and_gives_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ear = Ear(1)
    failure = park(ear, monkeypatch)
    with pytest.raises(SystemExit):
        call_command("parked", stdout=(out := io.StringIO()))
    assert str(failure.id) in out.getvalue()
    ear.deaf_to.clear()
    with listening(handler(ear)):
        call_command("parked", "--retry", str(failure.id), stdout=io.StringIO())
        with pytest.raises(CommandError, match="没有编号"):
            call_command("parked", "--retry", str(failure.id))
    call_command("parked", "--json", stdout=(out := io.StringIO()))
    assert out.getvalue() == "[]\n"


@pytest.mark.usefixtures("three")
def test_a_handler_added_later_hears_the_past_only_if_it_wants() -> None:
    with listening(
        handler(Ear(), name="test.historian"), handler(Ear(), name="test.notifier", history=False)
    ):
        assert dispatch() == 3
        publish_numbers(1)
        sequence()
        assert dispatch() == 2


def test_cursors_of_quiet_topics_leap() -> None:
    with listening(handler(Ear(), name="test.quiet", topic="test.never")):
        publish_numbers(LEAP + 1)
        sequence()
        dispatch()
    assert Consumer.objects.get().position == LEAP + 1


@pytest.mark.usefixtures("three")
def test_a_cursor_moved_by_another_dispatcher_is_respected() -> None:
    ear = Ear()
    with listening(handler(ear)):
        dispatch()
        with system_scope("测试"), transaction.atomic():
            Consumer.objects.update(position=3)
        assert dispatch() == 0
    assert heard() == [0, 1, 2]


def test_two_handlers_of_one_name_are_refused() -> None:
    with listening():

        def hear(message: Message) -> None: ...

        on("test.said")(hear)
        assert HANDLERS["outbox.hear"].topics == ("test.said",)

        def another(message: Message) -> None: ...

        another.__name__ = "hear"
        with pytest.raises(ValueError, match="重名"):
            on("test.said")(another)
