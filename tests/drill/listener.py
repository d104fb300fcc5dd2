"""A consumer of the change stream as one would write it: goes on after the last change in its file.

`python -m tests.drill.listener FILE ADDRESS` until it is killed, which may be at any moment.
"""

from __future__ import annotations

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

RETRY_SECONDS = 0.1


def main(kept: Path, address: str) -> None:
    kept.touch()
    with kept.open("r+b") as file:
        whole = kept.read_bytes().rpartition(b"\n")
        file.truncate(len(whole[0] + whole[1]))  # a line that was being written when it was killed
    while True:
        try:
            follow(kept, address)
        except OSError:
            time.sleep(RETRY_SECONDS)


def follow(kept: Path, address: str) -> None:
    request = urllib.request.Request(address, headers={"Last-Event-ID": str(last(kept))})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer, kept.open("ab", buffering=0) as file:
            for line in answer:
                if line.startswith(b"data: "):
                    file.write(line.removeprefix(b"data: "))
    except urllib.error.HTTPError as refused:
        if refused.code != 503:
            sys.exit(refused.read().decode())
        raise


def last(kept: Path) -> int:
    lines = kept.read_bytes().splitlines()
    return int(json.loads(lines[-1])["position"]) if lines else 0


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
