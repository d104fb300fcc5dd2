"""Files under the hash of their bytes: the name is the proof, and the same file is kept once."""

from __future__ import annotations

import os
import re
from hashlib import sha256
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from hongdun.documents import places
from hongdun.documents.errors import DamagedFile

if TYPE_CHECKING:
    from pathlib import Path

HASH = re.compile(r"[0-9a-f]{64}")


def put(data: bytes) -> str:
    """Keep `data` and return its SHA-256; after return it survives a power cut."""
    digest = sha256(data).hexdigest()
    target = path(digest)
    if not _has(target, digest):
        _write(target, data)
    return digest


def get(digest: str) -> bytes:
    """Bytes kept under `digest`; raises DamagedFile if they are gone or are not what the name says."""
    try:
        data = path(digest).read_bytes()
    except FileNotFoundError as error:
        raise DamagedFile(f"文件 {digest[:12]}… 不在存储中。请管理员从备份恢复后重试。") from error
    if sha256(data).hexdigest() != digest:
        raise DamagedFile(f"文件 {digest[:12]}… 已损坏，与入库时不同。请管理员从备份恢复后重试。")
    return data


def path(digest: str) -> Path:
    if not HASH.fullmatch(digest):
        raise ValueError(f"not a SHA-256: {digest!r}")
    return places.files() / digest[:2] / digest[2:4] / digest


def _has(target: Path, digest: str) -> bool:
    # A damaged copy is replaced by the good one that has just come in.
    try:
        return sha256(target.read_bytes()).hexdigest() == digest
    except FileNotFoundError:
        return False


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, mode=0o700, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as draft:
        try:
            draft.write(data)
            draft.flush()
            os.fsync(draft.fileno())
            os.replace(draft.name, target)  # noqa: PTH105 - the draft has a str name only
        except BaseException:
            os.unlink(draft.name)  # noqa: PTH108 - as above
            raise
    _sync_folders(target.parent)


def _sync_folders(folder: Path) -> None:
    """Make the new names durable: the file's, and those of the two folders that may be new too."""
    for step in (folder, folder.parent, folder.parent.parent):
        handle = os.open(step, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
