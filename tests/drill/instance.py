"""An instance of the product in a folder of its own, for the drills."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg

from hongdun.site.run import database
from tests.cluster import ROOT

if TYPE_CHECKING:
    from pathlib import Path

READY_SECONDS = 60


def scale() -> float:
    """1 for the full drill; a tenth in CI."""
    return float(os.environ.get("HONGDUN_DRILL", "0.1"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Product:
    home: Path
    port: int
    telephones: bool = False  # else they have tests of their own

    def environment(self) -> dict[str, str]:
        ours = {
            "HONGDUN_HOME": str(self.home),
            "HONGDUN_PORT": str(self.port),
            "HONGDUN_CALLS": "1" if self.telephones else "0",
            "DJANGO_SETTINGS_MODULE": "hongdun.site.settings",
            "PYTHONPATH": str(ROOT),
        }
        return os.environ | ours

    def hongdun(self, *words: str) -> str:
        command = [sys.executable, "-m", "hongdun.site.cli", *words]
        done = subprocess.run(command, env=self.environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ready(self) -> tuple[int, dict[str, str]]:
        """Status of /readyz (0: no answer) and what it finds failing."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5):
                return 200, {}
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read()).get("failing", {})
        except OSError:
            return 0, {}

    def wait_ready(self) -> float:
        """Seconds until it serves again."""
        began = time.monotonic()
        while self.ready()[0] != 200:
            assert time.monotonic() - began < READY_SECONDS, self.ready()
            time.sleep(0.1)
        return time.monotonic() - began

    def owner(self) -> psycopg.Connection:
        access = database.read(self.home)
        assert access is not None
        return psycopg.connect(
            host=access["host"], port=access["port"], dbname=access["dbname"], user="hongdun_owner",
            password=access["roles"]["owner"], autocommit=True,
        )  # fmt: skip
