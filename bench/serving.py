"""Web servers of a bench, as `hongdun up` starts them, and the load on them."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from place import Place

START_SECONDS = 30
AWAY = 503
PRODUCT = "hongdun.site.wsgi:application"
# One wrk thread: it shares the processors with what it loads, so it forms its request once and then only the path.
SCRIPT = """
local paths = {{}}
for line in io.lines("{file}") do paths[#paths + 1] = line end
math.randomseed({seed})
local before, after
function init()
  local whole = wrk.format("GET", "@")
  before, after = whole:match("^(.-)@(.*)$")
end
function request() return before .. paths[math.random(#paths)] .. after end
"""


def commands(application: str, port: int, interface: str) -> list[list[str]]:
    """The web service and the front before it; another application stands alone in the web service's place."""
    from hongdun.site.run.instance import Instance
    from hongdun.site.run.services import services

    web, front = (
        list(each.command) for each in services(Instance(Path(os.environ["HONGDUN_HOME"]), port))[:2]
    )
    if application == PRODUCT:
        return [web, front]
    web[web.index("--port") + 1] = str(port)
    web[web.index("--interface") + 1] = interface
    if interface != "wsgi":
        at = web.index("--blocking-threads")
        del web[at : at + 2]
    return [[*web[:-1], application]]


@dataclass(frozen=True)
class Server:
    address: str
    processes: tuple[int, ...]


@contextmanager
def running(
    here: Place, application: str = PRODUCT, *, interface: str = "wsgi", **settings: str
) -> Iterator[Server]:
    """Serve `here`."""
    port = free_port()
    log = Path(tempfile.mkdtemp(prefix="hongdun-bench-")) / "web.log"
    environment = os.environ | {
        "DATABASE_URL": here.url(),
        "DJANGO_SETTINGS_MODULE": "hongdun.site.settings",
        "PYTHONPATH": f"{place.ROOT}{os.pathsep}{place.ROOT / 'bench'}",
        "HONGDUN_PORT": str(port),
        **settings,
    }
    with log.open("wb") as output:
        started = [
            subprocess.Popen(
                command, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
            )
            for command in commands(application, port, interface)
        ]
        try:
            _wait(port, started, log)
            yield Server(f"http://127.0.0.1:{port}", tuple(each.pid for each in started))
        finally:
            for process in started:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()
            shutil.rmtree(log.parent)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, started: list[subprocess.Popen[bytes]], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while all(each.poll() is None for each in started) and time.monotonic() < until:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/none", timeout=5).close()
        except urllib.error.HTTPError as error:
            if error.code != AWAY:
                return
            time.sleep(0.1)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"the server does not answer: {log.read_text()[-3000:]}")


def get(address: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(address, headers=headers or {}), timeout=10
        ) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def load(
    address: str,
    paths: Sequence[str],
    *,
    seconds: float,
    headers: dict[str, str] | None = None,
    readers: int = 16,
) -> int:
    """Load by wrk on paths drawn at random; returns the answers. Any that isn't a success ends the bench."""
    with tempfile.TemporaryDirectory(prefix="hongdun-bench-") as folder:
        (Path(folder) / "paths").write_text("\n".join(paths))
        script = Path(folder) / "load.lua"
        script.write_text(SCRIPT.format(file=Path(folder) / "paths", seed=time.monotonic_ns() % 2**31))
        words = [f"-H{name}: {value}" for name, value in (headers or {}).items()]
        said = subprocess.run(
            ["wrk", "-t1", f"-c{readers}", f"-d{seconds:g}s", "-s", str(script), *words, address],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(said)
    return _number(r"(\d+) requests in", said)


def pgbench(here: Place, script: str, *, seconds: float) -> int:
    """Run a script of pgbench, its statements prepared, over the unix socket; returns how often."""
    from hongdun.lib.pglocal import LocalPostgres

    program = LocalPostgres(place.KEPT_CLUSTER).programs["pgbench"]
    access = here.access
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        said = subprocess.run(
            [program, "-n", "-M", "prepared", "-c8", "-j2", f"-T{seconds:.0f}", "-f", file.name, "-h", access["host"],
             "-p", str(access["port"]), "-U", "hongdun_app", here.name],
            capture_output=True, text=True, check=True, env=os.environ | {"PGPASSWORD": access["roles"]["app"]},
        ).stdout  # fmt: skip
    return _number(r"actually processed: (\d+)", said)


def postmaster() -> int:
    from hongdun.lib.pglocal import LocalPostgres

    return LocalPostgres(place.KEPT_CLUSTER).postmaster() or 0


def _number(pattern: str, said: str) -> int:
    found = re.search(pattern, said)
    assert found, said
    return int(found[1])
