"""Reading tables that others made: plain or zstd, UTF-8 or GB 18030, row by row."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import IO, TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

SAMPLE = 1 << 20
WIDEST = 1 << 24


class TableError(ValueError):
    pass


class Table:
    """An open table; `read` of its `size` bytes have been read, for a progress bar."""

    def __init__(self, path: Path, wanted: Collection[str]) -> None:
        self.size = path.stat().st_size
        self._raw = path.open("rb")
        # Held, because a wrapper that nobody holds closes what it wraps.
        self._text = io.TextIOWrapper(_plain(path, self._raw), _encoding(path), newline="")
        self._reader = csv.reader(_lines(self._text))
        csv.field_size_limit(WIDEST)
        self.columns = [column.strip() for column in next(self._reader, [])]
        missing = [column for column in wanted if column not in self.columns]
        if missing:
            raise TableError(f"{path.name} 缺少列：{'、'.join(missing)}；第一行应为列名")

    @property
    def read(self) -> int:
        return self._raw.tell()

    def __iter__(self) -> Iterator[dict[str, str] | int]:
        """Each row by column; a row with another number of fields as that number."""
        for row in self._reader:
            if len(row) == len(self.columns):
                yield dict(zip(self.columns, row, strict=True))
            elif row:
                yield len(row)


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(path: Path, raw: IO[bytes]) -> IO[bytes]:
    if path.suffix == ".zst":
        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(raw, closefd=False))
    return raw


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    for line in file:
        yield line.replace("\0", "") if "\0" in line else line


def _encoding(path: Path) -> str:
    """UTF-8 where the beginning is; otherwise the national encoding that older systems export."""
    with path.open("rb") as raw:
        sample = _plain(path, raw).read(SAMPLE)
    try:
        # The last line may be cut in the middle of a character.
        sample[: sample.rfind(b"\n") + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8-sig"
