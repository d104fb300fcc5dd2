"""A demonstration shows work on every desk and figures behind it, made once however often it is started."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from hongdun.base.scope import system_scope
from hongdun.calls.models import Call
from hongdun.cases.models import Case, Task
from hongdun.site.demo import floor, matters
from hongdun.statistics.models import Summary

if TYPE_CHECKING:
    from django.conf import LazySettings

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same day with fewer of each."""
    for name, amount in (("OPEN", 3), ("OUTBREAK", 2), ("AT_CITY", 1), ("PAST", 3), ("STOPS", (1, 9))):
        monkeypatch.setattr(matters, name, amount)
    for name in ("CALLS", "BACK"):
        monkeypatch.setattr(floor, name, 2)
    call_command("load_demo")
    call_command("generate_entities", count=40, seed=1)


def counted() -> tuple[int, int, int]:
    with system_scope("测试"):
        return Case.objects.count(), Call.objects.count(), Summary.objects.count()


@pytest.mark.usefixtures("small")
def test_every_desk_has_work_and_a_second_start_adds_nothing() -> None:
    call_command("demo_day")
    made = counted()
    assert all(made)
    with system_scope("测试"):
        assert Call.objects.filter(ended=None).count() == 0, "nobody is on a line that isn't there"
        waiting = set(Task.objects.filter(done=None).values_list("step", flat=True))
        assert {"route", "review"} <= waiting
        assert Case.objects.exclude(closed=None).count() == matters.PAST
    call_command("demo_day")
    assert counted() == made


def test_production_refuses_a_made_up_day(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="生产环境"):
        call_command("demo_day")
