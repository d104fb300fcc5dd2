"""What an administrator lays down for the telephones, through the pages, and what callers hear of it."""

from __future__ import annotations

import io
import wave
from array import array
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from hongdun.audit.models import Event
from hongdun.base.scope import system_scope
from hongdun.calls import handlers, queries
from hongdun.calls.models import Choice, Hours, Line, Operator, Prompt, Queue
from hongdun.calls.switch import prompts
from hongdun.lib import wav
from tests.calls.builders import an_operator
from tests.org.builders import LIUZHOU, NANNING, REGION, an_actor, enter

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
SHANGHAI = ZoneInfo("Asia/Shanghai")
ADDRESS = "/desk/calls/settings/"
USUAL = {"workday": "True", "opens": "09:00", "closes": "12:00", "valid_from": "2026-11-20"}


@pytest.fixture
def admin(client: Client) -> Client:
    enter(client, an_actor("admin", organ=NANNING))
    return client


def a_wav(*, rate: int = wav.RATE, channels: int = 1, seconds: float = 1.0, loud: int = 9000) -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setparams((channels, 2, rate, 0, "NONE", ""))
        file.writeframes(array("h", [loud, -loud] * int(rate * seconds * channels / 2)).tobytes())
    return target.getvalue()


def test_a_line_belongs_to_the_city_and_only_there(admin: Client) -> None:
    assert admin.post(f"{ADDRESS}lines/", {"organ": NANNING, "number": "0771 12315"}).status_code == 302
    assert queries.line_organ("077112315") == NANNING
    again = admin.post(f"{ADDRESS}lines/", {"organ": NANNING, "number": "077112315"})
    assert again.status_code == 422
    assert admin.post(f"{ADDRESS}lines/", {"organ": LIUZHOU, "number": "077212315"}).status_code == 422
    with system_scope("测试"):
        assert Event.objects.get(verb="call.setting_changed").organ == NANNING
        assert Line.objects.count() == 1


def test_another_citys_row_is_nowhere_to_be_found(admin: Client) -> None:
    with system_scope("测试"):
        other = Line.objects.create(organ=LIUZHOU, number="077212315")
    assert admin.get(f"{ADDRESS}lines/{other.id}/").status_code == 404
    assert "077212315" not in admin.get(f"{ADDRESS}lines/").content.decode()


def test_a_menu_of_its_own_is_what_callers_hear(admin: Client) -> None:
    for digit, label in (("1", "食品药品"), ("0", "人工服务")):
        given = {"organ": NANNING, "digit": digit, "label": label, "skill": "complaint", "priority": 2}
        assert admin.post(f"{ADDRESS}menu/", given).status_code == 302
    assert set(queries.choices(NANNING)) == {"0", "1"}
    assert set(queries.choices(LIUZHOU)) == {"1", "2", "3", "8", "9"}
    with system_scope("测试"):
        assert Prompt.objects.get().text == "食品药品请按一，人工服务请按零。"
        rows = list(Choice.objects.all())
    for row in rows:
        assert admin.post(f"{ADDRESS}menu/{row.id}/", {"withdraw": "1"}).status_code == 302
    assert not Prompt.objects.exists()


def test_a_spoken_menu_is_not_spoken_over(admin: Client) -> None:
    with system_scope("测试"):
        Prompt.objects.create(organ=NANNING, code="menu", text="真人", sound=a_wav())
    given = {"organ": NANNING, "digit": "1", "label": "食品", "skill": "complaint", "priority": 2}
    admin.post(f"{ADDRESS}menu/", given)
    assert Prompt.objects.get().text == "真人"


def test_the_regions_menu_holds_for_cities_without_one() -> None:
    with system_scope("测试"):
        Choice.objects.create(organ=REGION, digit="5", label="全区", skill="general")
        Choice.objects.create(organ=LIUZHOU, digit="6", label="柳州", skill="general")
    assert (set(queries.choices(NANNING)), set(queries.choices(LIUZHOU))) == ({"5"}, {"6"})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closes": "09:00"}, "结束时间须晚于"),
        ({"valid_to": "2026-11-19"}, "不能早于"),
        ({"closed": "on"}, "只用于某一天"),
        ({"organ": ""}, "机关"),
    ],
)
def test_hours_that_make_no_sense(admin: Client, changed: dict[str, str], field: str) -> None:
    answer = admin.post(f"{ADDRESS}hours/", {"organ": NANNING, **USUAL, **changed})
    assert answer.status_code == 422
    assert field in answer.content.decode()
    assert not Hours.objects.exists()


def test_a_single_day_goes_before_the_others(admin: Client) -> None:
    day = {"valid_from": "2026-11-24", "valid_to": "2026-11-24"}
    for more in ({}, day | {"closed": "on"}):
        assert admin.post(f"{ADDRESS}hours/", {"organ": NANNING, **USUAL, **more}).status_code == 302
    tuesday, wednesday = (datetime(2026, 11, d, 10, tzinfo=SHANGHAI) for d in (24, 25))
    assert not queries.is_open(NANNING, tuesday)
    assert queries.is_open(NANNING, wednesday)
    row = Hours.objects.get(closed=True)
    holiday = {"workday": "False", "opens": "08:00", "closes": "20:00", **day}
    assert admin.post(f"{ADDRESS}hours/{row.id}/", holiday).status_code == 302
    assert queries.is_open(NANNING, tuesday)
    assert Hours.objects.get(id=row.id).opens == time(8)


def test_skills_and_queues(admin: Client) -> None:
    operator = an_operator(an_actor("clerk", organ=NANNING))
    address = f"{ADDRESS}operators/{operator.id}/"
    assert admin.post(address, {}).status_code == 422
    assert admin.post(address, {"skills": ["report"]}).status_code == 302
    with system_scope("测试"):
        assert Operator.objects.get().skills == ["report"]
    assert admin.post(address, {"withdraw": "1"}).status_code == 422, "people aren't deleted here"
    given = {"organ": NANNING, "skill": "report", "overflow_after": 0}
    assert admin.post(f"{ADDRESS}queues/", given).status_code == 302
    assert Queue.objects.get().overflow_after == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MP3", "不是 PCM"),
        (a_wav(rate=16000), "16000 Hz"),
        (a_wav(channels=2), "2 声道"),
        (a_wav(loud=10), "听不到声音"),
        (a_wav(seconds=61), "最长 60 秒"),
    ],
)
def test_a_sound_that_cannot_be_played_is_refused_in_words(admin: Client, data: bytes, words: str) -> None:
    given = {"organ": NANNING, "code": "welcome", "text": "您好", "file": SimpleUploadedFile("a.wav", data)}
    answer = admin.post(f"{ADDRESS}prompts/", given)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_an_own_sound_is_played_to_the_own_callers(admin: Client) -> None:
    folder, sound = Path(settings.HONGDUN_HOME) / "prompts", a_wav()
    given = {"organ": NANNING, "code": "welcome", "text": "您好", "file": SimpleUploadedFile("a.wav", sound)}
    assert admin.post(f"{ADDRESS}prompts/", given).status_code == 302
    row = Prompt.objects.get()
    handlers.make_prompt(str(row.id))
    address = f"{ADDRESS}prompts/{NANNING}/welcome.wav"
    assert admin.get(address).content == sound
    assert prompts.file_for(folder, "welcome", LIUZHOU) == folder / "welcome.wav"
    admin.post(f"{ADDRESS}prompts/{row.id}/", {"withdraw": "1"})
    handlers.forget_prompt(NANNING, "welcome")
    assert prompts.file_for(folder, "welcome", NANNING) == folder / "welcome.wav"


@pytest.mark.parametrize("kind", ["lines", "menu", "hours", "queues", "operators", "prompts"])
def test_every_list_opens_and_a_strange_one_does_not(admin: Client, kind: str) -> None:
    assert admin.get(f"{ADDRESS}{kind}/?before=nonsense").status_code == 200
    assert admin.get(f"{ADDRESS}{kind}s/").status_code == 404
