"""A partner that files without pause through the API, each matter under a key of its own, retrying what failed.

`python -m tests.drill.sender FILE ADDRESS SECRET` until SIGTERM. One line per acknowledged matter: key and number.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

RETRY_SECONDS = 0.2
PACE_SECONDS = 0.05


def main(notes: Path, address: str, secret: str) -> None:
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopping.append(number))
    with notes.open("a") as file:
        number = 0
        while not stopping:
            number += 1
            key = f"{notes.name}-{os.getpid()}-{number}"
            file.write(f"{key} {send(address, secret, key)}\n")
            file.flush()
            time.sleep(PACE_SECONDS)


def send(address: str, secret: str, key: str) -> str:
    """Until it is acknowledged: whether a lost answer was a lost matter is unknown, so the key is the same."""
    body = urlencode({
        "api_key": secret, "jurisdiction_id": "450103", "service_code": "consultation",
        "description": f"开早餐店要办什么手续？{key}", "last_name": "李", "first_name": "四", "phone": "13800001111",
    })  # fmt: skip
    while True:
        request = urllib.request.Request(address, body.encode(), headers={"Idempotency-Key": key})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return str(json.loads(answer.read())[0]["service_request_id"])
        except urllib.error.HTTPError as refused:
            if refused.code < 500 and refused.code != 429:
                sys.exit(refused.read().decode())
        except (OSError, ValueError):
            pass
        time.sleep(RETRY_SECONDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
