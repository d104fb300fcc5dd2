"""Released procedures never change under running cases."""

from __future__ import annotations

import pytest

from hongdun.cases.procedure import REGISTERED
from tests.cases import procedures
from tools import lock_procedures as lock

HASHES = {("a", "1"): "one", ("a", "2"): "two"}
LOCKED: lock.Locked = {
    "a": {"1": {"hash": "one", "released": "2026-01-01"}, "2": {"hash": "old", "released": None}}
}


def test_the_lock_is_up_to_date() -> None:
    own = {p.code for p in procedures.ALL}
    hashes = {(c, str(v)): p.fingerprint() for (c, v), p in REGISTERED.items() if c not in own}
    assert lock.differences(lock.read(), hashes) == []


def test_an_unreleased_version_is_brought_up_to_date() -> None:
    assert lock.differences(LOCKED, HASHES) == [
        "a 第 2 版与锁定的不一致，请运行 python tools/lock_procedures.py"
    ]
    fresh = lock.relocked(LOCKED, HASHES, release=False)
    assert fresh["a"]["2"] == {"hash": "two", "released": None}
    assert fresh["a"]["1"]["released"] == "2026-01-01"


@pytest.mark.parametrize("hashes", [HASHES | {("a", "1"): "changed"}, {("a", "2"): "two"}])
def test_a_released_version_is_neither_changed_nor_dropped(hashes: dict[tuple[str, str], str]) -> None:
    assert any("不能" in words for words in lock.differences(LOCKED, hashes))
    with pytest.raises(SystemExit, match="不能更改"):
        lock.relocked(LOCKED, hashes, release=False)


def test_releasing_dates_what_was_not_released() -> None:
    assert lock.relocked(LOCKED, HASHES, release=True)["a"]["2"]["released"]
