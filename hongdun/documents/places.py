"""Where papers, keys and mounted fonts lie under the data directory; read late, so that tests can move it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def home() -> Path:
    return Path(settings.HONGDUN_HOME)


def keys() -> Path:
    return home() / "keys"


def files() -> Path:
    return home() / "files"


def fonts() -> Path:
    """Fonts mounted by the authority: licensed official faces, or rare characters."""
    return home() / "fonts"


def private_folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def write_private(path: Path, data: bytes) -> None:
    """Write a key file that only its owner can read, whole or not at all."""
    private_folder(path.parent)
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    with draft.open("xb", opener=_owner_only) as file:
        file.write(data)
    draft.replace(path)


def _owner_only(path: str, flags: int) -> int:
    import os

    return os.open(path, flags, 0o600)
