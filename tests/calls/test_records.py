"""What is written down of a call, who may see it, and what others hear of it."""

from __future__ import annotations

import os
import time as time_module
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from hongdun.audit.models import Event
from hongdun.base.clock import now, today
from hongdun.base.scope import acting, system_scope
from hongdun.calls import actions, queries
from hongdun.calls.models import Call, CallEvent, Hours, Line, Operator, Outcome, Priority, Recording, Stage
from hongdun.calls.switch import prompts
from hongdun.outbox.models import Message
from tests.calls.builders import NUMBER, a_call, an_operator
from tests.lib.test_callsound import HEADER, packet
from tests.org.builders import LIUZHOU, NANNING, REGION, an_actor, enter

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
SHANGHAI = ZoneInfo("Asia/Shanghai")


def ended(call: Call, **more: str) -> Call:
    with system_scope("测试"):
        actions.end(call, by="caller", **more)
    return call


def test_a_number_is_nowhere_in_plain() -> None:
    call = a_call()
    with system_scope("测试"):
        actions.request_callback(call)
        ended(call)
        for table in (
            "calls_call",
            "calls_callevent",
            "calls_callbackrequest",
            "outbox_message",
            "audit_event",
        ):
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{NUMBER}%"])
                assert cursor.fetchone() == (0,), table
        assert Call.objects.get().caller == NUMBER


def test_each_end_is_told_once() -> None:
    call = ended(ended(a_call()))
    with system_scope("测试"):
        topics = list(
            Message.objects.filter(topic__startswith="calls.").order_by("id").values_list("topic", flat=True)
        )
    assert topics == ["calls.arrived", "calls.ended"]
    assert (call.outcome, call.stage) == (Outcome.GIVEN_UP, Stage.ENDED)


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        (Stage.QUEUED, Outcome.ABANDONED),
        (Stage.CLOSED, Outcome.OUT_OF_HOURS),
        (Stage.VOICEMAIL, Outcome.VOICEMAIL),
    ],
)
def test_where_a_call_ends_says_what_came_of_it(stage: Stage, outcome: Outcome) -> None:
    call = a_call()
    with system_scope("测试"):
        actions.change(call, stage=stage)
    assert ended(call).outcome == outcome


def test_an_event_of_the_exchange_counts_once() -> None:
    call = a_call()
    with system_scope("测试"):
        actions.note(call, "rated", origin="exchange.7")
        with pytest.raises(IntegrityError), transaction.atomic():
            actions.note(call, "rated", origin="exchange.7")
        assert CallEvent.objects.filter(kind="rated").count() == 1


def test_another_city_sees_a_call_only_when_it_serves_it() -> None:
    call = a_call(organ=NANNING)
    other = an_actor("head", organ=LIUZHOU)
    with acting(other):
        assert queries.call(call.id, actor=other) is None
        assert not Call.objects.exists()
        assert not CallEvent.objects.exists()
    with system_scope("测试"):
        actions.note(call, "ringing", operator=an_operator(other), serving=LIUZHOU)
    with acting(other):
        assert queries.call(call.id, actor=other) == call
        assert CallEvent.objects.count() == 2


def test_asked_twice_to_call_back_is_asked_once() -> None:
    first, second = a_call(), a_call()
    with system_scope("测试"):
        assert actions.request_callback(first) == actions.request_callback(second)


def test_earlier_calls_of_a_number() -> None:
    head = an_actor("head", organ=NANNING)
    mine = [a_call(), a_call()]
    a_call(number="13900139000")
    with acting(head):
        assert queries.of_number(NUMBER, actor=head) == mine[::-1]
        assert queries.of_number("", actor=head) == []


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        (datetime(2026, 11, 24, 8, 30, tzinfo=SHANGHAI), True),
        (datetime(2026, 11, 24, 8, 29, 59, tzinfo=SHANGHAI), False),
        (datetime(2026, 11, 24, 18, 0, tzinfo=SHANGHAI), False),
        (datetime(2026, 10, 1, 10, 0, tzinfo=SHANGHAI), False),
        (datetime(2026, 11, 22, 10, 0, tzinfo=SHANGHAI), False),
    ],
)
def test_usual_hours(at: datetime, answer: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert queries.is_open(NANNING, at) is answer


def test_own_hours_replace_the_usual_ones_from_their_day() -> None:
    with system_scope("测试"):
        Hours.objects.create(
            organ=NANNING, workday=False, opens=time(9), closes=time(12), valid_from=date(2026, 11, 22)
        )
    sunday = datetime(2026, 11, 22, 10, tzinfo=SHANGHAI)
    assert queries.is_open(NANNING, sunday)
    assert not queries.is_open(LIUZHOU, sunday)
    assert not queries.is_open(NANNING, sunday - timedelta(days=7))


def test_digits_and_lines() -> None:
    assert queries.route(NANNING, "9").priority == Priority.DANGER
    assert queries.route(NANNING, "").skill == queries.route(NANNING, "0").skill == "general"
    with system_scope("测试"):
        Line.objects.create(number="077112315", organ=NANNING)
    assert (queries.line_organ("077112315"), queries.line_organ("12315")) == (NANNING, REGION)


def test_a_seat_keeps_its_state_and_its_times() -> None:
    operator = an_operator(an_actor("clerk", organ=NANNING))
    with system_scope("测试"):
        for state, reason in (("ready", ""), ("paused", "meal"), ("ready", "")):
            actions.change_seat(operator, state, reason=reason)
        assert list(operator.spells.values_list("state", flat=True)) == ["away", "ready", "paused", "ready"]
        assert operator.spells.filter(ended=None).count() == 1
        assert Operator.objects.get().state == "ready"


def recorded(call: Call, sound: bytes = b"RIFF sound") -> Recording:
    with system_scope("测试"):
        return actions.keep_sound(call, sound, seconds=1.5)


def test_a_recording_is_heard_with_a_reason_only(client: Client) -> None:
    recording = recorded(ended(a_call()))
    enter(client, an_actor("clerk", organ=NANNING))
    address = f"/desk/calls/recordings/{recording.id}/"
    assert client.get(f"{address}sound.wav").status_code == 404
    assert client.post(address, {"reason": " "}).status_code == 422
    page = client.post(address, {"reason": "核对投诉人陈述"}).content.decode()
    player = page.split('src="/desk/calls/recordings/')[1].split('"')[0]
    answer = client.get(f"/desk/calls/recordings/{player}")
    assert answer.content == b"RIFF sound"
    with system_scope("测试"):
        event = Event.objects.get(verb="personal.read")
    assert (event.reason, event.data) == ("核对投诉人陈述", {"fields": ["recording"]})
    stranger = type(client)()
    enter(stranger, an_actor("head", organ=NANNING))
    assert stranger.get(f"/desk/calls/recordings/{player}").status_code == 404, "the pass is for one person"


def test_on_the_disk_it_is_sealed_and_a_change_is_found() -> None:
    recording = recorded(ended(a_call()))
    path = actions.file_of(recording)
    assert b"sound" not in path.read_bytes()
    *rest, last = path.read_bytes()
    path.write_bytes(bytes([*rest, last ^ 1]))
    with pytest.raises(actions.RecordingGone, match="损坏"):
        actions.sound_of(recording)


@pytest.mark.parametrize(("days", "there"), [(0, True), (-1, False)])
def test_it_goes_when_its_time_is_over(days: int, *, there: bool) -> None:
    recording = recorded(ended(a_call()))
    with system_scope("测试"):
        Recording.objects.update(keep_until=today() + timedelta(days=days))
        assert actions.delete_due() == (0 if there else 1)
        recording.refresh_from_db()
    assert actions.file_of(recording).exists() is there
    assert (recording.deleted is None) is there


def captured(call: Call, *, hours: int = 0) -> Path:
    """A second of speech as the media service leaves it, closed so many hours ago."""
    folder = Path(settings.HONGDUN_HOME) / "calls"
    (folder / "metadata").mkdir(parents=True, exist_ok=True)
    (folder / "pcaps").mkdir(exist_ok=True)
    (folder / "metadata" / f"rtpengine-meta-{call.id}-1.txt").touch()
    path = folder / "pcaps" / f"{call.id}-1.pcap"
    sound = [packet(1 + n / 50, 20024, 160 * n, bytes([n]) * 160) for n in range(50)]
    path.write_bytes(HEADER + b"".join(sound))
    at = time_module.time() - hours * 3600
    os.utime(path, (at, at))
    return path


def test_a_capture_makes_one_recording_and_nothing_of_it_stays() -> None:
    call = ended(a_call())
    path = captured(call)
    copy = path.with_suffix(".seen")
    os.link(path, copy)
    with system_scope("测试"):
        [recording] = actions.keep_recording(call.id)
        assert actions.keep_recording(call.id) == [], "done again after a crash"
    actions.forget_captures(call.id)
    assert not actions.captures(call.id)
    assert set(copy.read_bytes()) == {0}, "what other names of the file still show"
    copy.unlink()
    assert recording.seconds == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize(("hours", "found"), [(2, True), (0, False)])
def test_what_was_left_behind_is_found(hours: int, *, found: bool) -> None:
    call, talking = ended(a_call()), a_call()
    paths = [captured(call, hours=hours), captured(talking, hours=hours)]
    with system_scope("测试"):
        assert actions.left_behind() == ([call.id] if found else [])
    for path in paths:
        path.unlink()


def test_list_and_page(client: Client) -> None:
    for _ in range(51):
        call = a_call()
    enter(client, an_actor("clerk", organ=NANNING))
    first = client.get("/desk/calls/").content.decode()
    assert first.count('href="/desk/calls/0') == 50
    assert "before=" in first
    assert NUMBER not in client.get(f"/desk/calls/{call.id}/").content.decode()
    assert client.get("/desk/calls/?outcome=abandoned").content.decode().count('href="/desk/calls/0') == 0
    assert client.get("/desk/calls/?before=nonsense").status_code == 200


def test_figures_of_the_wall(client: Client) -> None:
    head = an_actor("head", organ=NANNING)
    with acting(head):
        assert queries.wall(head)["today"]["level"] is None
    for wait in (20, 21, None):
        call = a_call()
        call.queued = now()
        with system_scope("测试"):
            answered = call.queued + timedelta(seconds=wait) if wait else None
            actions.change(call, stage=Stage.QUEUED, queued=call.queued, answered=answered)
        ended(call)
    with acting(head):
        figures = queries.wall(head)["today"]
    assert (figures["talked"], figures["abandoned"], figures["level"]) == (2, 1, 33)
    enter(client, head)
    assert "33%" in client.get("/desk/calls/wall/").content.decode()


def test_prompts_are_made_once_and_kept(tmp_path: Path) -> None:
    own = tmp_path / "welcome.wav"
    own.write_bytes(b"our own")
    for code in prompts.texts():
        if code != "welcome":
            (tmp_path / f"{code}.wav").touch()
    prompts.make(tmp_path)
    assert own.read_bytes() == b"our own"
    assert (tmp_path / "music.wav").stat().st_size > 100_000


def test_a_position_beyond_the_files_is_said_roughly() -> None:
    assert prompts.position(20) == "position-20"
    assert prompts.position(21) == prompts.position(99) == "position-21"
    assert {prompts.position(n) for n in range(1, 100)} <= set(prompts.texts())


def test_events_say_nothing_personal() -> None:
    call = a_call()
    with system_scope("测试"):
        data: list[Any] = list(call.events.values_list("data", flat=True))
    assert data == [{}]
