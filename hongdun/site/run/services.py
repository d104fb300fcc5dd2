"""What a running Hongdun consists of beside PostgreSQL."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from hongdun.site.run.instance import Instance

MOST_WEB_WORKERS = 2
# Of these the public holds 12 at most (settings.PUBLIC_AT_A_TIME and PUBLIC_WAITING).
WEB_THREADS = 16


@dataclass(frozen=True)
class Service:
    name: str
    command: tuple[str, ...]


def services(instance: Instance) -> tuple[Service, ...]:
    return (
        Service("web", _web(instance)),
        Service("worker", (*PYTHON, "hongdun.site.cli", "worker")),
        Service("stream", stream(instance)),
    )


PYTHON = (sys.executable, "-m")


def stream(instance: Instance) -> tuple[str, ...]:
    """One process holds all listeners; without Django it is small."""
    return _granian("asgi", "hongdun.site.asgi:application", port=instance.stream_port, workers=1)


def _web(instance: Instance) -> tuple[str, ...]:
    workers = min(os.cpu_count() or 1, MOST_WEB_WORKERS)
    more = ("--blocking-threads", str(WEB_THREADS))
    return _granian("wsgi", "hongdun.site.wsgi:application", port=instance.port, workers=workers, more=more)


def _granian(
    interface: str, application: str, *, port: int, workers: int, more: tuple[str, ...] = ()
) -> tuple[str, ...]:
    options = {
        "--interface": interface,
        "--host": "127.0.0.1",
        "--port": port,
        "--workers": workers,
        "--workers-kill-timeout": 10,
        "--log-config": Path(__file__).with_name("granian.json"),
    }
    flat = tuple(str(part) for pair in options.items() for part in pair)
    return (*PYTHON, "granian", *flat, *more, "--no-ws", "--respawn-failed-workers", application)
