"""Secrets live in files beside the database, never in it (HONGDUN_HOME/keys, 0700)."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


def secret(home: Path, name: str, *, size: int = 32) -> bytes:
    """Read the named key, or make it at first start; two starters agree on one."""
    folder = home / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(size))
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        finally:
            Path(temporary).unlink()
    return path.read_bytes()
