"""What a running Hongdun consists of beside PostgreSQL."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from hongdun.calls import settings as calls
from hongdun.site.run.instance import Instance

MOST_WEB_WORKERS = 2
# Of these the public holds 12 at most (settings.PUBLIC_AT_A_TIME and PUBLIC_WAITING), applicants two more while they wait.
WEB_THREADS = 16


@dataclass(frozen=True)
class Service:
    name: str
    command: tuple[str, ...]


def services(instance: Instance) -> tuple[Service, ...]:
    return (
        Service("web", _web(instance)),
        Service("front", (*PYTHON, "hongdun.site.front")),
        Service("worker", (*PYTHON, "hongdun.site.cli", "worker")),
        Service("stream", stream(instance)),
        *_telephones(instance),
    )


PYTHON = (sys.executable, "-m")


def stream(instance: Instance) -> tuple[str, ...]:
    """One process holds all listeners; without Django it is small."""
    return _granian("asgi", "hongdun.site.asgi:application", port=instance.stream_port, workers=1)


def _telephones(instance: Instance) -> tuple[Service, ...]:
    """Sound is a service of its own: it goes on while the call process is being restarted."""
    if not calls.wanted() or calls.missing():
        return ()
    return (Service("media", media(instance)), Service("calls", switch(instance)))


def switch(instance: Instance) -> tuple[str, ...]:
    port = calls.telephony(instance.port).seats[1]
    return _granian("asgi", "hongdun.calls.switch.asgi:application", port=port, workers=1, more=("--ws",))


def media(instance: Instance) -> tuple[str, ...]:
    told = calls.telephony(instance.port)
    recordings = calls.captures(instance.home)
    recordings.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = {
        "interface": told.sip[0],
        "config-file": "none",  # what a package left in /etc is for another instance
        "listen-ng": _joined(told.rtpengine),
        "listen-cli": f"{told.rtpengine[0]}:{told.digits[1] + 1}",
        "dtmf-log-dest": _joined(told.digits),
        "port-min": told.ports[0],
        "port-max": told.ports[1],
        "recording-dir": recordings,
        "recording-method": "pcap",
        "recording-format": "raw",
        "table": -1,  # in user space: the kernel module isn't needed
        "delete-delay": 0,
        "log-level": 4,
    }
    flat = tuple(f"--{name}={value}" for name, value in options.items())
    return ("rtpengine", "--foreground", "--log-stderr", *flat)


def _joined(address: tuple[str, int]) -> str:
    return f"{address[0]}:{address[1]}"


def _web(instance: Instance) -> tuple[str, ...]:
    workers = min(os.cpu_count() or 1, MOST_WEB_WORKERS)
    more = ("--blocking-threads", str(WEB_THREADS))
    return _granian(
        "wsgi", "hongdun.site.wsgi:application", port=instance.web_port, workers=workers, more=more
    )


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
    sockets = () if "--ws" in more else ("--no-ws",)
    return (*PYTHON, "granian", *flat, *more, *sockets, "--respawn-failed-workers", application)
