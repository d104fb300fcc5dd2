"""Twenty calls a second for a minute, two hundred at once: each is taken, hears the menu and has its digit heard."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
HOME = tempfile.TemporaryDirectory(prefix="hongdun-bench-calls-")
os.environ |= {"HONGDUN_HOME": HOME.name, "DJANGO_SETTINGS_MODULE": "hongdun.site.settings_test"}
Path(HOME.name, "static").mkdir()

RATE, SECONDS, AT_ONCE = 20, 60, 200
CALLS = RATE * SECONDS
TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    if lacking := [name for name in ("rtpengine", "sipp") if not shutil.which(name)]:
        print(f"略去：缺少 {'、'.join(lacking)}（apt-get install rtpengine-daemon sip-tester）")
        return 0
    import django

    django.setup()
    from django.db import connection

    from tests import cluster

    with cluster.running() as access:
        name = f"bench_{os.getpid()}_calls"
        cluster.create(access, name)
        place = {"NAME": name, "HOST": access["host"], "PORT": str(access["port"])}
        connection.settings_dict |= place | {"USER": "hongdun_app", "PASSWORD": access["roles"]["app"]}
        try:
            return measure()
        finally:
            connection.close()
            cluster.drop(access, name)


def measure() -> int:
    from tests.calls import exchange as exchanges
    from tests.calls.builders import always_open

    always_open()
    with exchanges.running() as exchange:
        time.sleep(3)
        before = {name: busy(process.pid) for name, process in exchange.running.items()}
        began = time.monotonic()
        code = load(exchange)
        wall = time.monotonic() - began
        time.sleep(2)
        shares = {
            name: (busy(process.pid) - before[name]) / wall for name, process in exchange.running.items()
        }
    return report(code, wall, shares)


def load(exchange: object) -> int:
    """Sipp's own exit code: 0 when every call went as the scenario says."""
    from tests.calls.exchange import HERE, Exchange, free_port

    assert isinstance(exchange, Exchange)
    host, port = exchange.sip
    numbers = Path(HOME.name, "numbers.csv")
    numbers.write_text("SEQUENTIAL\n" + "".join(f"138{n:08d}\n" for n in range(CALLS)))
    command = [
        "sipp", "-sf", str(HERE / "load.xml"), "-inf", str(numbers), "-s", "12315", "-r", str(RATE), "-m", str(CALLS),
        "-l", str(AT_ONCE), "-i", host, "-mi", host, "-p", str(free_port()), "-mp", "30000", f"{host}:{port}",
    ]  # fmt: skip
    with Path(HOME.name, "sipp.log").open("wb") as log:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=HOME.name, check=False,
            env={**os.environ, "TERM": "dumb"},
        ).returncode  # fmt: skip


def report(code: int, wall: float, shares: dict[str, float]) -> int:
    from hongdun.base.scope import system_scope
    from hongdun.calls.models import Call

    with system_scope("基准"):
        records = Call.objects.count()
        heard = Call.objects.filter(digit="1").count()
        ended = Call.objects.filter(ended__isnull=False).count()
    good = code == 0 and records == heard == ended == CALLS
    print(
        f"{CALLS} 个来电，每秒 {RATE} 个，最多 {AT_ONCE} 个同时，{wall:.0f} 秒：记录 {records}，按键听到 {heard}，"
        f"记录完结 {ended}，sipp {'全部成功' if code == 0 else f'失败（{code}）'}"
    )
    print("占一个核：" + "，".join(f"{name} {share:.0%}" for name, share in shares.items()))
    if not good:
        print(Path(HOME.name, "sipp.log").read_text(errors="replace")[-2500:])
    return 0 if good else 1


def busy(pid: int) -> float:
    """Processor seconds of a process and its children so far."""
    pids = [pid, *(int(each) for each in _children(pid))]
    return sum(_seconds(each) for each in pids)


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


if __name__ == "__main__":
    sys.exit(main())
