"""One day's open data: everything as of one moment, or nothing at all."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

from hongdun.base.clock import now, today
from hongdun.exchange.actions import extracting
from hongdun.exchange.queries import columns, files
from hongdun.lib import columnar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hongdun.exchange.queries.files import Snapshot

BUILDING = ".building"
TERMS = (
    "数据来源：广西壮族自治区市场监督管理局登记簿，依照《企业信息公示暂行条例》第六条公示。"
    "可以自由使用、复制和再传播，须注明来源和快照日期；不得用于还原个人信息。"
)


class SnapshotError(RuntimeError):
    """The snapshot can't be made; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class _Made:
    name: str
    about: str
    rows: int


def make() -> Snapshot:
    """Today's snapshot; if it is there already, it stays as it is. A run that was killed leaves nothing behind."""
    with _alone():
        day = f"{today():%Y%m%d}"
        found = files.snapshot(day)
        if found:
            return found
        building = files.root() / BUILDING
        shutil.rmtree(building, ignore_errors=True)
        building.mkdir()
        _build(building, day, before=files.newest())
        building.rename(files.root() / day)
        prune()
    made = files.snapshot(day)
    assert made is not None
    return made


def prune() -> None:
    """Keep the newest as many as the setting says."""
    for old in files.all_snapshots()[settings.OPEN_DATA_KEPT :]:
        shutil.rmtree(old.folder)


@contextmanager
def _alone() -> Iterator[None]:
    files.root().mkdir(parents=True, exist_ok=True)
    with (files.root() / ".lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SnapshotError("另一个进程正在制作快照，请等它结束后再看。") from None
        yield


def _build(folder: Path, day: str, *, before: Snapshot | None) -> None:
    raw = folder / "raw.csv"
    statements = folder / f"ownership-{day}.jsonl.zst"
    taken = extracting.extract(raw, statements)
    csv, parquet = folder / f"entities-{day}.csv.zst", folder / f"entities-{day}.parquet"
    with columnar.engine(folder) as database:
        rows = columnar.write(database, raw, columns.ENTITIES, csv=csv, parquet=parquet)
        made = [_Made(path.name, "全部市场主体", rows) for path in (csv, parquet)]
        made.append(_Made(statements.name, "股权（BODS 0.4）", taken.statements))
        if before:
            old = before.folder / f"entities-{before.day}.parquet"
            csv, parquet = folder / f"delta-{day}.csv.zst", folder / f"delta-{day}.parquet"
            rows = columnar.write_difference(
                database, old, folder / f"entities-{day}.parquet", "uscc", csv=csv, parquet=parquet
            )
            made += [
                _Made(path.name, f"{before.day} 以来新增和变更的市场主体", rows) for path in (csv, parquet)
            ]
    raw.unlink()
    shutil.rmtree(folder / "spill", ignore_errors=True)
    manifest = _manifest(folder, day, made, position=taken.position, before=before)
    (folder / files.MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), "utf-8")


def _manifest(
    folder: Path, day: str, made: list[_Made], *, position: int, before: Snapshot | None
) -> dict[str, Any]:
    """`position` is the last change that all of this holds for certain: read the stream after it."""
    found: dict[str, Any] = {
        "day": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "made": now().isoformat(timespec="seconds"),
        "position": position,
        "terms": TERMS,
        "columns": [column.as_json() for column in columns.ENTITIES],
        "files": [_described(folder, each) for each in made],
    }
    if before:
        found["delta"] = {"from": before.day, "after": before.manifest["position"], "position": position}
    return found


def _described(folder: Path, made: _Made) -> dict[str, Any]:
    path = folder / made.name
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {
        "name": made.name,
        "about": made.about,
        "rows": made.rows,
        "bytes": path.stat().st_size,
        "sha256": digest,
    }
