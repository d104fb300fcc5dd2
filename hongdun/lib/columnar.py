"""Tables as files for others: compressed CSV and Parquet of the same rows, and the difference between two days."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb

MEMORY = "512MB"
HIDDEN = "[已隐去]"
# Identity numbers of 18 and 15 digits and mobile numbers; what the register shows has no business with them.
PERSONAL = r"\b(?:[1-9][0-9]{16}[0-9Xx]|[1-9][0-9]{14}|(?:86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4})\b"
SUSPECT = "[0-9]{4}[- ]?[0-9]{4}"  # quickly found; all of them contain it


class Column(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def free_text(self) -> bool: ...


@contextmanager
def engine(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """In memory, with what doesn't fit in files under `folder`; it loads nothing from anywhere."""
    import duckdb  # asked for once a day, by the worker alone

    options: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False,
    }
    with duckdb.connect(config=options) as database:
        yield database


def write(
    database: duckdb.DuckDBPyConnection, raw: Path, columns: Sequence[Column], *, csv: Path, parquet: Path
) -> int:
    """Turn PostgreSQL's CSV into both files, hiding personal numbers in free text; returns how many rows."""
    chosen = ", ".join(map(_cleaned, columns))
    database.execute(
        f"COPY (SELECT {chosen} FROM {_raw(raw, columns)}) TO {_text(parquet)} (FORMAT parquet, COMPRESSION zstd)"  # noqa: S608 - our own columns and paths
    )
    return to_csv(database, parquet, csv)


def to_csv(database: duckdb.DuckDBPyConnection, parquet: Path, csv: Path) -> int:
    written = database.execute(
        f"COPY (FROM {_text(parquet)}) TO {_text(csv)} (FORMAT csv, HEADER, COMPRESSION zstd)"
    ).fetchone()
    return int(written[0]) if written else 0


def write_difference(
    database: duckdb.DuckDBPyConnection, old: Path, new: Path, key: str, *, csv: Path, parquet: Path
) -> int:
    """Rows of `new` that `old` has not, or has otherwise; returns how many."""
    database.execute(
        f"COPY (SELECT n.* FROM {_text(new)} n WHERE NOT EXISTS ("  # noqa: S608 - our own columns and paths
        f"SELECT 1 FROM {_text(old)} o WHERE o.{key} = n.{key} AND hash(o) = hash(n)))"
        f" TO {_text(parquet)} (FORMAT parquet, COMPRESSION zstd)"
    )
    return to_csv(database, parquet, csv)


def _cleaned(column: Column) -> str:
    if not column.free_text:
        return column.name
    name = column.name
    return (
        f"CASE WHEN regexp_matches({name}, '{SUSPECT}')"
        f" THEN regexp_replace({name}, '{PERSONAL}', '{HIDDEN}', 'g') ELSE {name} END AS {name}"
    )


def _raw(path: Path, columns: Sequence[Column]) -> str:
    types = ", ".join(f"'{column.name}': '{column.type}'" for column in columns)
    return (
        f"read_csv({_text(path)}, columns = {{{types}}}, auto_detect = false, header = true, delim = ',',"
        " quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false)"
    )


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
