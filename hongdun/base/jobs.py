"""Work for later: queued in the transaction of the deed, done by `hongdun worker`, once in effect."""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from hongdun.base.clock import now
from hongdun.base.scope import system_scope
from hongdun.lib import canonical

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from procrastinate import JobContext

    Body = Callable[..., None]

logger = logging.getLogger(__name__)
KEPT = timedelta(days=30)
STALLED = """
SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
 WHERE j.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - interval '30 seconds')
"""
OLD = """
DELETE FROM procrastinate_jobs WHERE status IN ('succeeded', 'cancelled', 'aborted')
   AND NOT EXISTS (SELECT 1 FROM procrastinate_events e WHERE e.job_id = procrastinate_jobs.id AND e.at >= %s)
"""


class UnknownJob(LookupError):
    """Nobody does this work: the name is wrong, or its handlers.py is not loaded."""


def job(name: str, *, cron: str = "", attempts: int = 8, whole: bool = True) -> Callable[[Body], Body]:
    """Register the work behind a name; in an app's handlers.py.

    `cron`: also done periodically (times in UTC). `whole`: done in one transaction of the system's scope
    together with the note that it is done; work of more than a few seconds says `whole=False`, opens its own
    scopes and must bear being done twice.
    """

    def register(body: Body) -> Body:
        def run(context: JobContext, /, timestamp: int | None = None, **arguments: Any) -> None:  # noqa: ARG001 - periodic jobs are told their time
            if not whole:
                body(**arguments)
                return
            with system_scope(f"任务 {name}"):
                if _first_time(context.job.id):
                    body(**arguments)

        task = queue.task(
            name=name,
            pass_context=True,
            retry=RetryStrategy(max_attempts=attempts, exponential_wait=2) if attempts > 1 else False,
            queueing_lock=name if cron else None,
        )(run)
        if cron:
            queue.periodic(cron=cron)(task)
        return body

    return register


def enqueue(
    name: str,
    /,
    *,
    at: datetime | None = None,
    lock: str | None = None,
    once: str | None = None,
    **arguments: Any,
) -> int | None:
    """Queue work in the caller's transaction; returns its number. Arguments are ids and codes, never personal.

    `lock`: jobs with the same lock run one after another. `once`: while one with this mark waits, no second
    is queued (None is returned).
    """
    if name not in queue.tasks:
        raise UnknownJob(f"没有名为 {name} 的任务，请检查名称与所在应用的 handlers.py。")
    deferrer = configure_task(
        name=name, job_manager=_manager(), schedule_at=at, lock=lock, queueing_lock=once
    )
    plain: dict[str, Any] = {key: canonical.plain(value) for key, value in arguments.items()}
    try:
        with transaction.atomic():
            number: int = deferrer.defer(**plain)
    except AlreadyEnqueued:
        return None
    return number


def requeue_stalled() -> int:
    """Put jobs whose worker was killed back; what they had stored keeps them from doing it twice."""
    with connection.cursor() as cursor:
        cursor.execute(STALLED)
        stalled = [number for (number,) in cursor.fetchall()]
    for number in stalled:
        logger.warning("job requeued", extra={"job": number})
        _manager().retry_job_by_id(number, retry_at=now())
    return len(stalled)


def forget_old() -> None:
    """Drop jobs that ended well, and the marks of all, after KEPT; failed jobs stay to be looked at."""
    before = now() - KEPT
    with system_scope("清理任务"), connection.cursor() as cursor:
        cursor.execute(OLD, [before])
        cursor.execute("DELETE FROM base_jobdone WHERE at < %s", [before])


@cache
def _manager() -> JobManager:
    """Speaks through Django's connection; the app's own manager is the worker's while one runs here."""
    return JobManager(connector=DjangoConnector())


def _first_time(number: int | None) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_jobdone (job, at) VALUES (%s, %s) ON CONFLICT DO NOTHING", [number, now()]
        )
        first: bool = cursor.rowcount == 1
    return first
