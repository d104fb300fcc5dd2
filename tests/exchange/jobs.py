"""The worker's part in tests: messages to their handlers, then the jobs that these queue, till none is left."""

from __future__ import annotations

from types import SimpleNamespace

from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.exchange.builders import deliver


def work() -> list[str]:
    """Names of the jobs that were done, in order."""
    deliver()
    done: list[str] = []
    numbers: set[int] = set()
    while jobs := list(
        ProcrastinateJob.objects.filter(task_name__startswith="exchange.")
        .exclude(id__in=numbers)
        .order_by("id")
    ):
        for job in jobs:
            numbers.add(job.id)
            if job.status == "todo":
                finish(job)
                done.append(job.task_name)
    return done


def finish(job: ProcrastinateJob) -> None:
    # As the queue does: a job that runs waits no more, so that another may be queued.
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job.id])
    queue.tasks[job.task_name].func(SimpleNamespace(job=SimpleNamespace(id=job.id)), **job.args)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE id = %s", [job.id])
