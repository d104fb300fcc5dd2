"""What a running Hongdun consists of beside PostgreSQL."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from hongdun.site.run.instance import Instance

MOST_WEB_WORKERS = 2
WEB_THREADS = 4


@dataclass(frozen=True)
class Service:
    name: str
    command: tuple[str, ...]


def services(instance: Instance) -> tuple[Service, ...]:
    return (Service("web", _web(instance)), Service("worker", (*PYTHON, "hongdun.site.cli", "worker")))


PYTHON = (sys.executable, "-m")


def _web(instance: Instance) -> tuple[str, ...]:
    workers = min(os.cpu_count() or 1, MOST_WEB_WORKERS)
    options = {
        "--interface": "wsgi",
        "--host": "127.0.0.1",
        "--port": instance.port,
        "--workers": workers,
        "--blocking-threads": WEB_THREADS,
        "--workers-kill-timeout": 10,
        "--log-config": Path(__file__).with_name("granian.json"),
    }
    flat = tuple(str(part) for pair in options.items() for part in pair)
    return (*PYTHON, "granian", *flat, "--no-ws", "--respawn-failed-workers", "hongdun.site.wsgi:application")
