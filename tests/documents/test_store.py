from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from hongdun.documents import store
from hongdun.documents.errors import DamagedFile

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_lies_under_its_hash_and_comes_back(home: Path) -> None:
    digest = store.put(b"paper")
    assert digest == sha256(b"paper").hexdigest()
    assert (home / "files" / digest[:2] / digest[2:4] / digest).read_bytes() == b"paper"
    assert store.get(digest) == b"paper"


def test_the_same_file_is_kept_once(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: store.put(b"paper" * 10_000), range(32)))
    assert len(digests) == 1
    assert [p.name for p in (home / "files").rglob("*") if p.is_file()] == list(digests)


def test_damage_and_loss_are_noticed_and_mended_by_the_next_copy() -> None:
    digest = store.put(b"paper")
    store.path(digest).write_bytes(b"Paper")
    with pytest.raises(DamagedFile, match="已损坏"):
        store.get(digest)
    assert store.put(b"paper") == digest
    assert store.get(digest) == b"paper"
    store.path(digest).unlink()
    with pytest.raises(DamagedFile, match="不在存储中"):
        store.get(digest)


def test_a_failed_write_leaves_nothing_behind(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(b"paper")
    assert [p for p in (home / "files").rglob("*") if p.is_file()] == []


def test_names_that_are_no_hash_are_refused() -> None:
    for name in ("", "../../keys/secret_key", "A" * 64, "a" * 63):
        with pytest.raises(ValueError, match="SHA-256"):
            store.path(name)
