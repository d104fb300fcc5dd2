from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from hongdun.base.actor import Actor
from hongdun.base.jobs import UnknownJob, enqueue, job, requeue_stalled
from hongdun.base.models import JobDone
from hongdun.base.scope import current, system_scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg


@pytest.fixture
def done() -> Iterator[list[Any]]:
    """What the job "test.note" was asked to note, and by whom it was done."""
    notes: list[Any] = []

    @job("test.note")
    def note(what: str, *, fail: bool = False) -> None:
        notes.append((what, current()))
        if fail:
            raise ValueError(what)

    yield notes
    del queue.tasks["test.note"]


def run(number: int | None, **arguments: Any) -> None:
    context = SimpleNamespace(job=SimpleNamespace(id=number))
    queue.tasks["test.note"].func(context, **arguments)


def waiting() -> list[tuple[str, dict[str, Any]]]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("task_name", "args"))


def test_a_job_is_queued_with_the_deed_or_not_at_all(db: None, done: list[Any]) -> None:
    with transaction.atomic():
        enqueue("test.note", what="甲")
        transaction.set_rollback(True)
    assert waiting() == []
    assert enqueue("test.note", what="乙")
    assert waiting() == [("test.note", {"what": "乙"})]


def test_work_that_nobody_does_is_refused_at_once(db: None) -> None:
    with pytest.raises(UnknownJob, match=r"test\.unknown"):
        enqueue("test.unknown")


def test_a_marked_job_waits_once_and_the_transaction_lives_on(db: None, done: list[Any]) -> None:
    with transaction.atomic():
        assert enqueue("test.note", once="note/1", what="甲")
        assert enqueue("test.note", once="note/1", what="甲") is None
        assert enqueue("test.note", once="note/2", what="乙")
    assert len(waiting()) == 2


def test_a_job_runs_as_the_system_and_only_once(db: None, done: list[Any]) -> None:
    run(7, what="甲")
    run(7, what="甲")
    assert [(what, actor.kind, actor.name) for what, actor in done] == [
        ("甲", "system", "系统：任务 test.note")
    ]


def test_a_failed_job_is_not_marked_done(db: None, done: list[Any]) -> None:
    with pytest.raises(ValueError, match="甲"):
        run(7, what="甲", fail=True)
    with system_scope("测试"):
        assert not JobDone.objects.exists()
    run(7, what="甲")
    assert len(done) == 2


def test_an_actor_s_job_does_not_act_as_the_actor(db: None, done: list[Any]) -> None:
    """Jobs choose their scope themselves; whoever queued them lends no rights."""
    run(8, what="甲")
    assert isinstance(done[0][1], Actor)
    assert done[0][1].organ is None


def test_jobs_of_a_killed_worker_go_back_into_the_queue(
    transactional_db: None, done: list[Any], owner_sql: psycopg.Connection
) -> None:
    enqueue("test.note", what="甲")
    owner_sql.execute(
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute')"
    )
    owner_sql.execute(
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)"
    )
    assert requeue_stalled() == 1
    assert requeue_stalled() == 0
    assert owner_sql.execute("SELECT status, attempts FROM procrastinate_jobs").fetchone() == ("todo", 1)
    owner_sql.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
