"""Which snapshots lie ready, read from their own manifests."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.json"
DAY = re.compile(r"\d{8}\Z")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One day's folder; `manifest` says what is in it."""

    day: str
    manifest: dict[str, Any]

    @property
    def folder(self) -> Path:
        return root() / self.day

    @property
    def files(self) -> list[dict[str, Any]]:
        return list(self.manifest["files"])

    def file(self, name: str) -> dict[str, Any] | None:
        return next((each for each in self.files if each["name"] == name), None)


def root() -> Path:
    folder: Path = settings.OPEN_DATA
    return folder


def all_snapshots() -> list[Snapshot]:
    """Newest first; a folder is there only when it is whole."""
    if not root().is_dir():
        return []
    days = sorted((path.name for path in root().iterdir() if DAY.match(path.name)), reverse=True)
    return [_read(day) for day in days]


def snapshot(day: str) -> Snapshot | None:
    return _read(day) if DAY.match(day) and (root() / day / MANIFEST).is_file() else None


def newest() -> Snapshot | None:
    return next(iter(all_snapshots()), None)


def _read(day: str) -> Snapshot:
    return Snapshot(day, json.loads((root() / day / MANIFEST).read_text("utf-8")))
