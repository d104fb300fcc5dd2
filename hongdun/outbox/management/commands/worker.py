from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand
from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.utils import connector_params

from hongdun.audit.actions import seal
from hongdun.base import limits
from hongdun.base.clock import now
from hongdun.base.jobs import forget_old, requeue_stalled
from hongdun.base.models import Heartbeat
from hongdun.base.scope import system_scope
from hongdun.outbox.actions import dispatch, sequence
from hongdun.outbox.models import Failure
from hongdun.outbox.queries import head

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

    Chore = tuple[str, int, Callable[[], object]]  # name, seconds between, work

logger = logging.getLogger(__name__)
POLL = 0.5  # seconds
GRACE = 20.0  # seconds a running job may take after SIGTERM


class Command(BaseCommand):
    help = "后台进程：执行任务、分发消息、封存审计；收到 SIGTERM 后做完手上的再停"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="同时执行的任务数（默认 2）")

    def handle(self, *_: Any, **options: Any) -> None:
        asked = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: asked.set())
        rounds = Rounds()
        thread = threading.Thread(target=rounds.run, name="rounds")
        thread.start()
        try:
            asyncio.run(_work(options["concurrency"], asked))
        finally:
            rounds.stop.set()
            thread.join()


async def _work(concurrency: int, asked: threading.Event) -> None:
    """Do jobs until SIGTERM; few threads and connections, since each holds a PostgreSQL process."""
    early = asyncio.create_task(_ask_again(asked))
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(concurrency, "job"))
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=concurrency + 1)
    with queue.replace_connector(connector) as app:
        async with app.open_async():
            await app.run_worker_async(
                name="hongdun", concurrency=concurrency, shutdown_graceful_timeout=GRACE
            )
    early.cancel()


async def _ask_again(asked: threading.Event) -> None:
    """Pass on a SIGTERM that came before the queue listened to signals."""
    while True:
        await asyncio.sleep(POLL)
        if asked.is_set():
            asked.clear()
            os.kill(os.getpid(), signal.SIGTERM)


class Rounds:
    """What must happen again and again beside the jobs, in one thread with one connection."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.seen = -1  # head at the last round that left nothing to deliver
        # Each is noted when it succeeds: /readyz tells which has fallen silent.
        self.chores: list[Chore] = [
            ("rounds", 10, lambda: None),
            ("requeue", 15, requeue_stalled),
            ("seal", 60, seal),
            ("sequence", 60, lambda: sequence(window=timedelta(hours=1))),
            ("seal-all", 3600, lambda: seal(full=True)),
            ("sequence-all", 3600, lambda: sequence(window=None)),
            ("tidy", 3600, forget_old),
            ("limits", 3600, limits.forget_old),
        ]
        self.due = dict.fromkeys((name for name, _, _ in self.chores), 0.0)

    def run(self) -> None:
        while not self.stop.is_set():
            try:
                self.once()
            except Exception:
                # The database restarts, a disk fills: try again rather than stop dispatching in silence.
                logger.exception("round failed")
                connections.close_all()
                self.stop.wait(2)
            self.stop.wait(POLL)
        connections.close_all()

    def once(self) -> None:
        self.deliver()
        for name, every, chore in self.chores:
            if self.due[name] <= time.monotonic() and not self.stop.is_set():
                chore()
                beat(name)
                self.due[name] = time.monotonic() + every

    def deliver(self) -> None:
        sequence()
        with system_scope("消息分发"):
            upto = head()
            failing = Failure.objects.filter(parked_at=None).exists()
        if upto != self.seen or failing:
            self.seen = -1 if dispatch() else upto


def beat(name: str) -> None:
    with system_scope("心跳"):
        Heartbeat.objects.update_or_create(name=name, defaults={"at": now()})
