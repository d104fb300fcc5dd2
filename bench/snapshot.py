"""The day's snapshot (compressed CSV and Parquet, hashes, manifest) against raw COPY TO of the same columns. Reach: ≥ 0.3.

Both sides take turns on the same database, so that a busy machine slows both. The raw side writes one plain file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import place

if TYPE_CHECKING:
    import psycopg

REACH = 0.3
TURNS = 3


def raw(database: psycopg.Connection, path: Path) -> float:
    """Seconds of COPY TO into a file; the same bytes that the snapshot reads."""
    from hongdun.exchange.actions import extracting

    begun = time.perf_counter()
    with path.open("wb") as file, database.cursor() as cursor, cursor.copy(extracting.ENTITIES) as copy:
        for block in copy:
            file.write(block)
    return time.perf_counter() - begun


def snapshot(folder: Path) -> tuple[float, dict[str, Any]]:
    from django.conf import settings

    from hongdun.exchange.actions import snapshots

    settings.OPEN_DATA = folder
    begun = time.perf_counter()
    made = snapshots.make()
    return time.perf_counter() - begun, made.manifest


def measure(here: place.Place) -> dict[str, Any]:
    mine, theirs = [], []
    with tempfile.TemporaryDirectory(prefix="hongdun-bench-") as name:
        folder = Path(name)
        for turn in range(TURNS):
            theirs.append(raw(here.owner, folder / "raw.csv"))
            seconds, manifest = snapshot(folder / str(turn))
            mine.append(seconds)
        plain = (folder / "raw.csv").stat().st_size
    csv, parquet = manifest["files"][:2]
    return {
        "rows": csv["rows"],
        "snapshot_s": round(sum(mine) / TURNS, 2),
        "copy_s": round(sum(theirs) / TURNS, 2),
        "ratio": round(sum(theirs) / sum(mine), 2),
        "plain_mb": plain // 1_000_000,
        "csv_mb": csv["bytes"] // 1_000_000,
        "parquet_mb": parquet["bytes"] // 1_000_000,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.filled(given.count) as here:
        result = measure(here)
    passed = result["ratio"] >= REACH
    if given.json:
        print(json.dumps(result))
    else:
        print(
            f"快照 {result['rows']:,} 户（csv.zst {result['csv_mb']} MB、parquet {result['parquet_mb']} MB）"
            f"{result['snapshot_s']} 秒；直接 COPY 同样的列（{result['plain_mb']} MB）{result['copy_s']} 秒："
            f"{result['ratio']}（应 ≥ {REACH}）{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
