"""A telephone exchange of the tests' own: rtpengine, the call process, and sipp as the citizen's line."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from hongdun.calls.settings import telephony
from hongdun.site.run import services
from hongdun.site.run.instance import Instance
from tests.calls import speech

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
READY_SECONDS = 40
PROGRAMS = {"rtpengine": "rtpengine-daemon", "sipp": "sip-tester"}


def lacking() -> list[str]:
    return [package for program, package in PROGRAMS.items() if not shutil.which(program)]


def free_port() -> int:
    """One that leaves the ports beside it, which the platform takes, in reach."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return 10_000 + probe.getsockname()[1] % 15_000


def database_url() -> str:
    place = connection.settings_dict
    name, secret = place["NAME"], quote(str(place["PASSWORD"]))
    return f"postgresql://{place['USER']}:{secret}@/{name}?host={place['HOST']}&port={place['PORT']}"


@dataclass
class Exchange:
    instance: Instance
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    lines: list[Sipp] = field(default_factory=list)

    @property
    def sip(self) -> tuple[str, int]:
        return telephony(self.instance.port).sip

    def start_media(self) -> None:
        self._start("media", services.media(self.instance))

    def start_switch(self) -> float:
        """Seconds until operators can connect again."""
        began = time.monotonic()
        self._start("calls", services.switch(self.instance))
        seats = telephony(self.instance.port).seats
        while time.monotonic() - began < READY_SECONDS:
            with socket.socket() as probe:
                if probe.connect_ex(seats) == 0:
                    return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(self.log("calls"))

    def _start(self, name: str, command: tuple[str, ...]) -> None:
        environment = self.instance.environment(
            DATABASE_URL=database_url(), DJANGO_SETTINGS_MODULE="hongdun.site.settings_test"
        )
        with (self.instance.home / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def kill(self, name: str) -> None:
        """The whole group at once, without warning."""
        process = self.running.pop(name, None)
        if process:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def log(self, name: str) -> str:
        return (self.instance.home / f"{name}.log").read_text()[-5000:]

    def dial(
        self, scenario: str, *, number: str = "13800138000", line: str = "12315", calls: int = 1
    ) -> Sipp:
        numbers = self.instance.home / "numbers.csv"
        numbers.write_text(f"SEQUENTIAL\n{number}\n")
        port = free_port()
        host, sip = self.sip
        command = [
            "sipp", "-sf", self._scenario(scenario), "-inf", str(numbers), "-s", line, "-m", str(calls),
            "-i", host, "-mi", host, "-p", str(port), "-mp", str(port + 1), f"{host}:{sip}",
        ]  # fmt: skip
        return self._begin(command)

    def answer_at(self, port: int, scenario: str = "party") -> Sipp:
        """A telephone that takes calls: the trunk leads here."""
        host = self.sip[0]
        command = [
            "sipp", "-sf", self._scenario(scenario), "-m", "1", "-i", host, "-mi", host, "-p", str(port),
            "-mp", str(port + 1),
        ]  # fmt: skip
        return self._begin(command)

    def _scenario(self, name: str) -> str:
        """The scenario, with a minute of speech where it plays sipp's seven seconds."""
        spoken, made = self.instance.home / "speech.pcap", self.instance.home / f"{name}.xml"
        if not spoken.exists():
            speech.write(spoken, Path(speech.RECORDING).read_bytes())
        made.write_text((HERE / f"{name}.xml").read_text().replace(speech.RECORDING, str(spoken)))
        return str(made)

    def _begin(self, command: list[str]) -> Sipp:
        self.lines.append(Sipp.begin(command, self.instance.home))
        return self.lines[-1]


@dataclass
class Sipp:
    process: subprocess.Popen[bytes]
    log: Path

    @classmethod
    def begin(cls, command: list[str], home: Path) -> Sipp:
        """Into a file: nobody reads its screens while it runs."""
        log = home / f"sipp-{command[command.index('-p') + 1]}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, cwd=home,
                env={**os.environ, "TERM": "dumb"},
            )  # fmt: skip
        return cls(process, log)

    def ends_well(self, within: float = 60) -> bool:
        try:
            code = self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.stop()
            code = -1
        assert code == 0, self.log.read_text(errors="replace")[-4000:]
        return True

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


@contextmanager
def running() -> Iterator[Exchange]:
    exchange = Exchange(Instance(Path(settings.HONGDUN_HOME), free_port()))
    settings.HONGDUN_PORT = exchange.instance.port
    try:
        exchange.start_media()
        exchange.start_switch()
        yield exchange
    finally:
        for line in exchange.lines:
            line.stop()
        for name in ("calls", "media"):
            exchange.kill(name)
