"""Bring up the embedded database with its roles, and note for the settings how to reach it."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from hongdun.lib.pglocal import LocalPostgres
from hongdun.site import dbinit
from hongdun.site.run import processes

DATABASE = "hongdun"


class Access(TypedDict):
    host: str
    port: int
    dbname: str
    roles: dict[str, str]


def ensure(home: Path, *, settings: Mapping[str, str] | None = None, tests: bool = False) -> Access:
    """Start the cluster of `home`, create what is missing, write `run/database.json`; safe to repeat."""
    postgres = LocalPostgres(home)
    postgres.start(settings)
    note = note_of(home)
    note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with processes.exclusive(note.with_suffix(".lock"), wait=True):
        known = read(home)
        passwords = known["roles"] if known else dbinit.new_passwords()
        # Written first: if we die in between, the next start sets these same passwords.
        who = postgres.superuser()
        access = Access(host=who["host"], port=int(who["port"]), dbname=DATABASE, roles=passwords)
        _write(note, access)
        postgres.psql(dbinit.sql(passwords, database=DATABASE, tests=tests))
    return access


def read(home: Path) -> Access | None:
    try:
        access: Access = json.loads(note_of(home).read_text())
    except FileNotFoundError:
        return None
    return access


def note_of(home: Path) -> Path:
    return home / "run" / "database.json"


def _write(path: Path, access: Access) -> None:
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as handle:
        json.dump(access, handle, indent=2)
        handle.flush()
        os.fsync(handle.fileno())
    fresh.replace(path)
