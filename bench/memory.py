"""Memory of an idle instance: the sum of PSS of everything that `hongdun up` started. Reach: ≤ 600 MB.

Starts an instance of its own with the demonstration data, opens a page on each worker, waits, and adds up.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import place

REACH_MB = 600


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def processes_of(home: Path) -> list[int]:
    """Every process whose environment or working directory belongs to `home`."""
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            environment = (folder / "environ").read_bytes()
            where = str((folder / "cwd").readlink())
        except OSError:
            continue
        if f"HONGDUN_HOME={home}".encode() in environment or where.startswith(str(home)):
            found.append(int(folder.name))
    return found


def pss_kb(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def hongdun(command: str, environment: dict[str, str]) -> None:
    subprocess.run(
        [sys.executable, "-m", "hongdun.site.cli", command],
        check=True, cwd=place.ROOT, env=environment, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def measure(wait: int) -> int:
    with tempfile.TemporaryDirectory(prefix="hongdun-bench-") as folder:
        home = Path(folder).resolve()
        port = free_port()
        environment = os.environ | {"HONGDUN_HOME": str(home), "HONGDUN_PORT": str(port)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        hongdun("up", environment)
        try:
            for page in ("/", "/search/?q=南宁", "/apply/", "/desk/login/") * 4:
                address = f"http://127.0.0.1:{port}{urllib.request.quote(page, safe='/?=')}"  # type: ignore[attr-defined]
                urllib.request.urlopen(address).read()
            time.sleep(wait)
            mine = set(processes_of(home)) - {os.getpid()}
            return sum(map(pss_kb, mine)) // 1024
        finally:
            hongdun("down", environment)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wait", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    used = measure(given.wait)
    if given.json:
        print(json.dumps({"mb": used, "passed": used <= REACH_MB}))
    else:
        print(f"空闲内存 {used} MB（应 ≤ {REACH_MB}）{'' if used <= REACH_MB else '　未达到'}")
    return 0 if used <= REACH_MB else 1


if __name__ == "__main__":
    sys.exit(main())
