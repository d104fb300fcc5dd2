"""Import of register rows against raw COPY of the same rows into the same indexes and constraint. Reach: ≥ 0.4.

The real file where it lies beside the project, else generated rows. Both sides take turns, chunk by chunk, so that a
busy machine slows both. The raw side reads no text, checks nothing, writes no audit row and has no row security.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
import time
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import place

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from hongdun.lib.entityrows import Row

REACH = 0.4
REAL = place.ROOT.parent / "shared" / "data" / "enterprises" / "guangxi_enterprises.csv.zst"
TABLES = ("register_entity", "register_version", "register_entityperson", "register_name", "register_wording")
KEYS = {"register_wording": "entity_id"}
# Rows that the raw side has not got yet; the two sides' keys are the same.
NEW = "SELECT * FROM {0} t WHERE NOT EXISTS (SELECT FROM raw_{0} r WHERE r.{1} = t.{1})"


class Raw:
    """The other side: the same tables, indexes and constraints, without row security."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner, self.seconds, self.apart = owner, 0.0, 0.0
        for table in TABLES:
            owner.execute(f"CREATE TABLE raw_{table} (LIKE {table} INCLUDING ALL)")
        for table in TABLES[1:]:
            owner.execute(
                f"ALTER TABLE raw_{table} ADD FOREIGN KEY (entity_id) REFERENCES raw_register_entity"
                " DEFERRABLE INITIALLY DEFERRED"
            )

    def follow(self, _: int) -> None:
        """Copy what the import has just entered."""
        begun = time.perf_counter()
        chunks = {
            table: b"".join(map(bytes, self._read(NEW.format(table, KEYS.get(table, "id")))))
            for table in TABLES
        }
        start = time.perf_counter()
        with self.owner.transaction(), self.owner.cursor() as cursor:
            for table, data in chunks.items():
                with cursor.copy(f"COPY raw_{table} FROM STDIN") as copy:
                    copy.write(data)
        end = time.perf_counter()
        self.seconds += end - start
        self.apart += end - begun

    def _read(self, query: str) -> Iterator[Any]:
        with self.owner.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
            yield from copy


def rows(count: int) -> Iterator[dict[str, str] | int]:
    from hongdun.lib import entityrows, tabular

    if REAL.exists():
        return islice(tabular.Table(REAL, entityrows.COLUMNS), count)
    return iter(tabular.Table(_written(count), entityrows.COLUMNS))


def _written(count: int) -> Path:
    """Generated rows in the shape of the real file."""
    from hongdun.lib import entityrows, plausible
    from hongdun.register.management.commands.generate_entities import world

    path = Path(tempfile.mkdtemp(prefix="hongdun-bench-")) / "rows.csv"
    known = world()
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(entityrows.COLUMNS)
        for number in range(1, count + 1):
            row = plausible.entity(known, 1, number)
            state = row.particulars
            capital = f"{state.capital.amount / 10_000:f}(万元人民币)" if state.capital else ""
            writer.writerow(
                [state.name, row.uscc, state.established, state.entity_type.label, state.representative, capital,
                 state.scope.text, state.domicile.text]
            )  # fmt: skip
    return path


def measure(owner: psycopg.Connection, count: int) -> dict[str, Any]:
    from hongdun.base.clock import today
    from hongdun.lib import divisions, entityrows
    from hongdun.register.actions import intake
    from hongdun.register.models import VersionKind

    table = files("hongdun.org").joinpath("tables/divisions.csv").read_text("utf-8")
    reader = entityrows.Reader(divisions.read(table.splitlines()), 450000000, today())

    def read(record: dict[str, str] | int) -> Row:
        assert isinstance(record, dict)
        return reader.read(record)

    what = intake.Load(source="bench", title="bench", organ=450000000, kind=VersionKind.IMPORT)
    raw = Raw(owner)
    start = time.perf_counter()
    intake.load(what, rows(count), read, progress=raw.follow)
    mine = time.perf_counter() - start - raw.apart
    entered = owner.execute("SELECT count(*) FROM raw_register_version").fetchone()
    assert entered
    return {
        "rows": entered[0],
        "import_per_s": round(entered[0] / mine),
        "copy_per_s": round(entered[0] / raw.seconds),
        "ratio": round(raw.seconds / mine, 2),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=64_886)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with place.database() as here:
        result = measure(here.owner, given.count)
    passed = result["ratio"] >= REACH
    if given.json:
        print(json.dumps(result))
    else:
        print(
            f"导入 {result['rows']:,} 行，每秒 {result['import_per_s']:,} 行；同样的行、索引和约束直接 COPY，"
            f"每秒 {result['copy_per_s']:,} 行：{result['ratio']}（应 ≥ {REACH}）{'' if passed else '　未达到'}"
        )
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main())
