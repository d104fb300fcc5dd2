"""All that `make check` looks at, with the time of each part; runs every part, then fails if any did."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# The dearest first, so that all end together: the tests by two processes of their own, beside them the rest in turn.
PARTS = {
    "快测试": ["python", "tools/test.py", "fast"],
    "类型": ["mypy"],
    "模板": ["djlint", "--quiet", "--lint", "hongdun"],
    "迁移": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
    "分层": ["lint-imports"],
    "静态检查": ["ruff", "check", "--quiet", "."],
    "格式": ["ruff", "format", "--check", "--quiet", "."],
}


def main() -> int:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "hongdun.site.settings_test"}
    with ThreadPoolExecutor(2) as two:
        passed = two.map(lambda name: passes(name, PARTS[name], environment), PARTS)
    failed = [name for name, right in zip(PARTS, passed, strict=True) if not right]
    if failed:
        print(f"\n未通过：{'、'.join(failed)}")
    return 1 if failed else 0


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    began = time.monotonic()
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    print(
        f"{'通过' if done.returncode == 0 else '失败'}　{time.monotonic() - began:5.1f} 秒　{name}",
        flush=True,
    )
    if done.returncode or command[-1] == "fast":
        print((done.stdout + done.stderr).strip()[-6000:], flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
