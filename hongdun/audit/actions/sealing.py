from __future__ import annotations

import json
import os
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from hongdun.audit.models import Seal, examine
from hongdun.audit.queries.seals import heads_file, last_head, last_seal, unsealed
from hongdun.base.clock import now
from hongdun.base.scope import system_scope
from hongdun.lib import canonical, merkle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

# One sealer at a time in the cluster, whichever worker it lives in.
LOCK = 0x68645F7365616C
WINDOW = timedelta(hours=1)
BATCH = 20_000


def seal(*, full: bool = False) -> int:
    """Seal the committed events that have no leaf yet; returns how many.

    Looks back over WINDOW, enough for any transaction of ours (≤ 30 s); `full` looks at everything, at start
    and after replicated or restored rows came in.
    """
    since = None if full else now() - WINDOW
    sealed = 0
    _prepare_heads()
    while count := _seal_batch(since):
        sealed += count
        if count < BATCH:
            break
    _publish_heads()
    return sealed


def _seal_batch(since: datetime | None) -> int:
    with system_scope("封存审计"), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            return 0
        rows = unsealed(since, BATCH)
        if rows:
            _store(rows)
        return len(rows)


def _store(rows: Sequence[tuple[Any, ...]]) -> None:
    """Write one seal over rows of (*COLUMNS, xid), in the order given."""
    node, last = settings.HONGDUN_NODE, last_seal()
    hashes = [examine(row[:-1], row[-1])[1] for row in rows]
    times = [row[1] for row in rows]
    seal = Seal(
        node=node,
        n=last.n + 1 if last else 1,
        first_at=min(times),
        last_at=max(times),
        count=len(rows),
        root=merkle.root(hashes),
        prev=bytes(last.hash) if last else b"",
        at=now(),
    )
    seal.hash = seal.computed()
    seal.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_leaf (node, seal, ordinal, event_id, event_at, hash)"
            " SELECT %s::int, %s::bigint, o - 1, id, at, hash"
            " FROM unnest(%s::uuid[], %s::timestamptz[], %s::bytea[]) WITH ORDINALITY AS u(id, at, hash, o)",
            [node, seal.n, [row[0] for row in rows], times, hashes],
        )


def _prepare_heads() -> None:
    """Make the file before the first seal: if it is missing later, somebody took it away."""
    path = heads_file()
    if not path.exists() and last_seal() is None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)


def _publish_heads() -> None:
    """Append to the file outside the database every seal that it lacks, also after a crash in between."""
    path = heads_file()
    with system_scope("公布封存"):
        last = last_seal()
        written = last_head(path) if path.exists() else (2**63, "")
        if last is None or written == (last.n, bytes(last.hash).hex()):
            return
        # A chain shorter than the file was cut, a missing file was taken away: neither is mended here,
        # what grows now is written all the same, and verify tells the gap.
        after = written[0] if written[0] < last.n else last.n - 1
        seals = Seal.objects.filter(node=settings.HONGDUN_NODE, n__gt=after).order_by("n")
        lines = [_line(seal) for seal in seals.iterator()]
    _append(path, "".join(lines))


def _line(seal: Seal) -> str:
    head = {
        "node": seal.node,
        "n": seal.n,
        "hash": bytes(seal.hash).hex(),
        "count": seal.count,
        "at": canonical.instant(seal.at),
    }
    return json.dumps(head, separators=(",", ":")) + "\n"


def _append(path: Path, text: str) -> None:
    """Durably, in one write: a torn line must not glue itself to the next."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(handle).st_size
        if size and os.pread(handle, 1, size - 1) != b"\n":
            text = "\n" + text
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)
