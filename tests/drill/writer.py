"""One writer of the drill: opens cases without pause, notes each that was acknowledged, retries what failed.

`python -m tests.drill.writer FILE` until SIGTERM. One line per acknowledged case: submission key and number.
"""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import django
from django.db import DatabaseError, connection

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from hongdun.base.actor import Actor

T = TypeVar("T")
RETRY_SECONDS = 0.1


def main(notes: Path) -> None:
    django.setup()
    from hongdun.base.ids import uuid7
    from tests.cases import builders as make

    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopping.append(number))
    who = retry(make.applicant)
    with notes.open("a") as file:
        while not stopping:
            key = uuid7()
            number = retry(lambda key=key: open_case(who, key))
            file.write(f"{key} {number}\n")
            file.flush()


def open_case(who: Actor, key: UUID) -> str:
    from tests.cases import builders as make

    return str(make.case(by=who, submission=key).number)


def retry(work: Callable[[], T]) -> T:
    while True:
        try:
            return work()
        except DatabaseError:
            # Whether the commit arrived is unknown: the same key is sent again, as a browser would.
            connection.close()
            time.sleep(RETRY_SECONDS)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
