"""How common a piece of text is, as the database's statistics know it: how a search goes depends on that."""

from __future__ import annotations

import time
from math import prod
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Shares = dict[int, float]
KEPT_SECONDS = 600
SIZE = "SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'register_name'::regclass"

_known: dict[str, dict[str, Shares]] = {}
_size: dict[str, float] = {}
_read_at: dict[str, float] = {}


def of(column: str) -> Shares:
    """Share of the rows that hold a piece, by piece; pieces that few rows hold are not there."""
    return _known[_fresh()].get(column, {})


def rows(share: float) -> float:
    """How many rows have a piece of this share."""
    return share * _size[_fresh()]


def small(rows: int) -> float:
    """The share that so many rows are."""
    return rows / _size[_fresh()]


def forget() -> None:
    _read_at.clear()


def _fresh() -> str:
    """Name of the database, whose statistics are at hand now."""
    database = str(connection.settings_dict["NAME"])
    now = time.monotonic()
    if now - _read_at.get(database, now - KEPT_SECONDS) >= KEPT_SECONDS:
        _known[database], _size[database] = _read()
        _read_at[database] = now
    return database


def expected(
    shares: Shares,
    pieces: Sequence[int],
    groups: Iterable[Sequence[int]],
    narrowing: tuple[Sequence[int], Iterable[Sequence[int]]],
) -> float:
    """Share of the rows that a search will find: the words hang together, filters don't hang on them."""
    words = [shares.get(piece, 0.0) for piece in pieces]
    words += [min(1.0, sum(shares.get(piece, 0.0) for piece in group)) for group in groups]
    filters = [shares.get(piece, 0.0) for piece in narrowing[0]]
    filters += [min(1.0, sum(shares.get(piece, 0.0) for piece in group)) for group in narrowing[1]]
    return min(words, default=1.0) * prod(filters)


def _read() -> tuple[dict[str, Shares], float]:
    found: dict[str, Shares] = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT origin, piece, share FROM register_piece_shares()")
        for column, piece, share in cursor:
            found.setdefault(column, {})[piece] = share
        cursor.execute(SIZE)
        (size,) = cursor.fetchone() or (1.0,)
    return found, size
