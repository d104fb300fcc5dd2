"""Run every bench of this folder in turn and print what each says: `make bench`, or `python -m bench step licence`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
NOT_BENCHES = {"__main__", "__init__", "fill", "growth", "place", "processors", "serving"}


def main() -> int:
    named = sys.argv[1:] or sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHES)
    failed = []
    for name in named:
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, str(HERE / f"{name}.py")], text=True, stdout=subprocess.PIPE, check=False
        )
        print(f"— {name}（{time.monotonic() - begun:.0f} 秒）\n{done.stdout.rstrip()}", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"\n未达到或未完成：{'、'.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
