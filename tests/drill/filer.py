"""One clerk of the drill: establishes a company, changes it twice, and again, noting each state that was entered.

`python -m tests.drill.filer FILE` until SIGTERM. One line per filing acknowledged: code and version.
"""

from __future__ import annotations

import signal
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import django
from django.db import DatabaseError, connection

if TYPE_CHECKING:
    from io import TextIOWrapper


def main(notes: Path) -> None:
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: stopping.append(number))
    django.setup()
    number = 0
    with notes.open("a") as file:
        while not stopping:
            number += 1
            try:
                file_three(f"南宁{notes.name}第{number}商贸有限公司", file)
            except DatabaseError:
                connection.close()


def file_three(name: str, file: TextIOWrapper) -> None:
    from tests.register import builders as make

    found = make.founded(name=name)
    note(file, found.uscc, 1)
    for version, representative in enumerate(("韦一", "韦二"), start=2):
        make.changed(found, date(2020, 1, version), representative=representative)
        note(file, found.uscc, version)


def note(file: TextIOWrapper, uscc: str, version: int) -> None:
    file.write(f"{uscc} {version}\n")
    file.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
