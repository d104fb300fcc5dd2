"""Tables: reading those that others made (plain or zstd, UTF-8 or GB 18030), writing cells of ours."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import IO, TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from _typeshed import WriteableBuffer

SAMPLE = 1 << 20
PACKED = 1 << 16
WIDEST = 1 << 24
FORMULA = ("=", "+", "-", "@", "\t", "\r")


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


def cell(value: str) -> str:
    """A cell that begins like a formula would be run by the spreadsheet of whoever opens the file."""
    return f"'{value}" if value.startswith(FORMULA) else value


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(path: Path, raw: IO[bytes]) -> IO[bytes]:
    return io.BufferedReader(_Unpacked(path.name, raw), 1 << 17) if path.suffix == ".zst" else raw


class _Unpacked(io.RawIOBase):
    """All frames of a zstd file; unlike the library's reader it doesn't take a cut file for a whole one."""

    def __init__(self, name: str, raw: IO[bytes]) -> None:
        self._name, self._raw, self._ready = name, raw, b""
        self._frame = zstandard.ZstdDecompressor().decompressobj()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        while not self._ready and (packed := self._packed()):
            try:
                self._ready = self._frame.decompress(packed)
            except zstandard.ZstdError as error:
                raise TableError(f"{self._name} 不是完好的 zstd 文件（{error}）") from error
        part, self._ready = self._ready[: len(view)], self._ready[len(view) :]
        view[: len(part)] = part
        return len(part)

    def _packed(self) -> bytes:
        """What is left behind a finished frame, else the next stretch of the file."""
        rest = self._frame.unused_data if self._frame.eof else b""
        packed = rest or self._raw.read(PACKED)
        if self._frame.eof and packed:
            self._frame = zstandard.ZstdDecompressor().decompressobj()
        if not packed and not self._frame.eof:
            raise TableError(f"{self._name} 不完整：文件在中途断了，请重新传输后再导入")
        return packed


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    try:
        for line in file:
            yield line.replace("\0", "") if "\0" in line else line
    except UnicodeDecodeError as error:
        raise TableError("文件中混有 UTF-8 和 GB 18030 以外的编码，请统一转为 UTF-8 后再导入") from error


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
