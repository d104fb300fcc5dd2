from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from hongdun.audit.queries import verify
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.models import Heartbeat
from hongdun.base.scope import system_scope
from hongdun.outbox import queries
from hongdun.outbox.models import Failure
from tests.outbox.builders import positions, publish_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg

    from hongdun.site.run.database import Access

    Start = Callable[[], subprocess.Popen[bytes]]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def start(database_access: Access, owner_sql: psycopg.Connection) -> Iterator[Start]:
    """Start workers on the test database, with the probe app; whatever still runs at the end is killed."""
    name, password = connection.settings_dict["NAME"], database_access["roles"]["app"]
    place = f"host={database_access['host']}&port={database_access['port']}"
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://hongdun_app:{password}@/{name}?{place}",
        "DJANGO_SETTINGS_MODULE": "tests.outbox.probe.settings",
    }
    running: list[subprocess.Popen[bytes]] = []

    def one() -> subprocess.Popen[bytes]:
        # Killed ones are known dead here; in service their silence of 30 s tells.
        owner_sql.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
        running.append(subprocess.Popen([sys.executable, "-m", "django", "worker"], env=environment))
        return running[-1]

    yield one
    for process in running:
        if process.poll() is None:
            process.kill()
        process.wait()
    owner_sql.execute(
        "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
    )


def count(owner: psycopg.Connection, verb: str) -> Counter[str]:
    return Counter(s for (s,) in owner.execute("SELECT subject FROM audit_event WHERE verb = %s", [verb]))


def wait_for(condition: Callable[[], bool], *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the worker did not get there in time"
        time.sleep(0.1)


@pytest.mark.drill
def test_killed_at_any_moment_it_does_everything_exactly_once(
    start: Start, owner_sql: psycopg.Connection
) -> None:
    publish_numbers(60, topic="probe.asked")
    for _ in range(3):
        before = len(count(owner_sql, "probe.done"))
        worker = start()
        # A quick worker may have done all before the last kill.
        wait_for(lambda before=before: len(count(owner_sql, "probe.done")) > min(before, 59))
        time.sleep(random.uniform(0, 0.5))
        worker.kill()
        worker.wait()
    begun = now()
    worker = start()
    beats = "SELECT coalesce(max(at) > %s, false) FROM base_heartbeat"
    wait_for(
        lambda: owner_sql.execute(beats, [begun]).fetchone() == (True,)
    )  # it can be asked to stop from now on
    wait_for(lambda: len(count(owner_sql, "probe.done")) == 60)
    ended = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'succeeded' AND task_name = 'probe.work'"
    wait_for(lambda: owner_sql.execute(ended).fetchone() == (60,))
    worker.terminate()
    assert worker.wait(30) == 0
    once = Counter({f"n/{n}": 1 for n in range(60)})
    assert count(owner_sql, "probe.worked") == once
    assert count(owner_sql, "probe.done") == once
    assert positions() == list(range(1, 121))


@pytest.mark.slow
def test_it_seals_beats_and_stops_when_asked(start: Start, owner_sql: psycopg.Connection) -> None:
    publish_numbers(1, topic="probe.asked")
    worker = start()
    wait_for(lambda: len(count(owner_sql, "probe.done")) == 1)
    wait_for(lambda: queries.silent() is None)
    worker.terminate()
    assert worker.wait(30) == 0
    assert [f for f in verify().findings if f.kind != "tail"] == []


def test_ready_tells_of_silent_rounds_and_of_messages_set_aside() -> None:
    assert "没有心跳" in (queries.silent() or "")
    assert queries.set_aside() is None
    with system_scope("测试"):
        for name in queries.SILENCE:
            Heartbeat.objects.create(name=name, at=now())
        Failure.objects.create(
            id=uuid7(), consumer="test.hear", position=1, message_id=uuid7(), attempts=10, error="ValueError",
            first_at=now(), last_at=now(), retry_at=now(), parked_at=now(),
        )  # fmt: skip
    assert queries.silent() is None
    assert "1 条消息" in (queries.set_aside() or "")
