"""Run one part of the tests: `all` and `telephone` (make test), `fast` (make check), `db15`, `drill`, `drill-small`."""

import importlib.util
import os
import subprocess
import sys

from system_packages import POSTGRESQL_15, ROOT, missing

COMMON = ("-q", "-p", "tests.noskip")
# By files, in the order of tests/conftest.py: the dearest first, so that both end together.
TWO_AT_ONCE = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
ALONE = ("-n", "0")  # calls with sound run in real time
TENTH = "0.1"


def main() -> int:
    part = sys.argv[1] if len(sys.argv) > 1 else "all"
    rest = sys.argv[2:]
    lacking = missing()
    environment = dict(os.environ)
    options: tuple[str, ...] = TWO_AT_ONCE
    without_browser = " and not browser" if "chromium" in lacking else ""
    if part == "all":
        chosen = "not drill and not telephone" + without_browser
    elif part == "telephone":
        chosen, options = "telephone" + without_browser, ALONE
    elif part == "fast":
        chosen = "not drill and not browser and not slow and not shared"
    elif part == "db15":
        if "postgresql-15" in lacking:
            print("!!! 没有 PostgreSQL 15：数据库部分没有在其上运行 !!!", flush=True)
            return 1 if os.environ.get("CI") == "true" else 0
        chosen = "db15"
        environment["HONGDUN_PG_BIN"] = str(POSTGRESQL_15)
    elif part in {"drill", "drill-small"}:
        chosen, options = "drill", ("-s",)  # they tell what they did
        environment.setdefault("HONGDUN_DRILL", TENTH if part == "drill-small" else "1")
    else:
        sys.exit(__doc__)
    if importlib.util.find_spec("xdist") is None:
        sys.exit("测试所需的软件包没有装全；请执行 python3 tools/setup.py --dev。")
    command = [sys.executable, "-m", "pytest", *COMMON, *options, "-m", chosen, *rest]
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
