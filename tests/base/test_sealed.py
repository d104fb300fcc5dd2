from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongdun.base import sealed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

PLACE = "parties_person.phone"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: SettingsWrapper) -> Iterator[Path]:
    settings.HONGDUN_HOME = tmp_path
    sealed._ring.cache_clear()
    yield tmp_path
    sealed._ring.cache_clear()


def test_what_is_sealed_opens_in_its_place_only() -> None:
    data = sealed.seal("13800001234", place=PLACE)
    assert b"1380" not in data
    assert data != sealed.seal("13800001234", place=PLACE)
    assert sealed.unseal(data, place=PLACE) == "13800001234"
    with pytest.raises(sealed.SealBroken, match="可能被改动"):
        sealed.unseal(data, place="parties_person.address")


@pytest.mark.parametrize("position", [5, 20, -1])
def test_a_changed_byte_is_noticed(position: int) -> None:
    data = bytearray(sealed.seal("13800001234", place=PLACE))
    data[position] ^= 1
    with pytest.raises(sealed.SealBroken):
        sealed.unseal(bytes(data), place=PLACE)


def test_keys_rotate_and_fingerprints_stay(home: Path) -> None:
    old, known = sealed.seal("甲", place=PLACE), sealed.fingerprint("甲", kind="id")
    (home / "keys" / "field.1.key").write_bytes(b"1" * 32)
    sealed._ring.cache_clear()
    new = sealed.seal("甲", place=PLACE)
    assert (old[0], new[0]) == (0, 1)
    assert sealed.unseal(old, place=PLACE) == sealed.unseal(new, place=PLACE) == "甲"
    assert sealed.fingerprint("甲", kind="id") == known
    (home / "keys" / "field.1.key").unlink()
    sealed._ring.cache_clear()
    with pytest.raises(sealed.SealBroken, match="缺少 1 号密钥"):
        sealed.unseal(new, place=PLACE)


def test_fingerprints_depend_on_kind_and_key(home: Path) -> None:
    known = sealed.fingerprint("1", kind="id")
    assert len(known) == 32
    assert known != sealed.fingerprint("1", kind="phone")
    (home / "keys" / "field.key").write_bytes(b"2" * 32)
    sealed._ring.cache_clear()
    assert known != sealed.fingerprint("1", kind="id")
