from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from hongdun.audit.models import COLUMNS, Event, Leaf, Seal
from hongdun.base.ids import floor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

TAIL = 4096


def without_leaf(since: datetime | None = None) -> Any:
    """Events that no seal covers, as rows of (*COLUMNS, xid); `since` bounds the scan."""
    leaves = Leaf.objects.filter(event_id=OuterRef("id"), event_at=OuterRef("at"))
    events = Event.objects.exclude(Exists(leaves))
    if since is not None:
        events = events.filter(at__gte=since, id__gte=floor(since))
    return events.values_list(*COLUMNS, "xid")


def unsealed(since: datetime | None, limit: int) -> list[tuple[Any, ...]]:
    """Visible is committed, so no transaction number need be compared: numbers only order the batch."""
    return list(without_leaf(since).order_by("xid", "id")[:limit])


def last_seal() -> Seal | None:
    return Seal.objects.filter(node=settings.HONGDUN_NODE).order_by("-n").first()


def heads_file() -> Path:
    path: Path = settings.HONGDUN_HOME / "seals" / "heads.jsonl"
    return path


def heads(path: Path, size: int) -> Iterator[tuple[int, int, str]]:
    """Node, number and hash of each seal in the first `size` bytes; torn lines are passed over."""
    with path.open("rb") as lines:
        for line in lines:
            size -= len(line)
            if size < 0:
                return
            head = _head(line)
            if head[1]:
                yield head


def last_head(path: Path) -> tuple[int, str]:
    """Number and hash of the last whole line; number 0 if there is none."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - TAIL, 0))
        lines = file.read().splitlines()
    for line in reversed(lines):
        _, n, digest = _head(line)
        if n:
            return n, digest
    return 0, ""


def _head(line: bytes) -> tuple[int, int, str]:
    try:
        head = json.loads(line)
        return int(head["node"]), int(head["n"]), str(head["hash"])
    except (ValueError, KeyError, TypeError):
        return 0, 0, ""
