"""Where papers, keys and mounted fonts lie under the data directory; read late, so that tests can move it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Iterator


def home() -> Path:
    return Path(settings.HONGDUN_HOME)


def keys() -> Path:
    return home() / "keys"


def files() -> Path:
    return home() / "files"


def arrivals() -> Path:
    """Files from outside that are still on their way in."""
    return home() / "arrivals"


def fonts() -> Path:
    """Fonts mounted by the authority: licensed official faces, or rare characters."""
    return home() / "fonts"


def private_folder(path: Path) -> Path:
    """Make a folder under the keys, and the keys folder itself, for its owner alone."""
    for folder in (keys(), path):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(path: Path, data: bytes) -> None:
    """Write a key file that only its owner can read, whole or not at all."""
    draft = private_folder(path.parent) / f".{path.name}.new"
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a lock on a key folder: several processes may start, and make their keys, at once."""
    with (private_folder(folder) / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield
