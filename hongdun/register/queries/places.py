"""Where a page of results ends, as a text for addresses: it names the last hit, so that nothing is counted off.

Whoever alters it finds other public rows at most; whatever isn't a place of this very search is refused.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from uuid import UUID

# By, exactness, former, ended, length, id of the text: the order of results.
Key = tuple[int, int, int, int, int, UUID]
LONGEST = 300


class BadCursor(ValueError):
    """No place in this list."""


@dataclass(frozen=True, slots=True)
class Place:
    """Behind `key` of a ranked list, or behind `id` in stretch `stage` of one too long to be ranked."""

    source: str
    key: Key | None = None
    stage: int = 0
    id: UUID | None = None


def mark(*asked: object) -> str:
    """Short for what was asked, so that a place of another search is known as such."""
    return blake2b(repr(asked).encode(), digest_size=6).hexdigest()


def written(place: Place, asked: str) -> str:
    last = (
        [*place.key[:-1], place.key[-1].hex] if place.key else [place.stage, place.id.hex if place.id else ""]
    )
    data = json.dumps([asked, place.source, *last], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(text: str, asked: str) -> Place:
    """Raises BadCursor."""
    body = _decoded(text)
    match body:
        case [str(mark_), str(source), int(stage), str(id_)] if mark_ == asked and 0 <= stage <= 9:  # noqa: PLR2004 - digits
            return Place(source, stage=stage, id=_uuid(id_) if id_ else None)
        case [str(mark_), str(source), int(a), int(b), int(c), int(d), int(e), str(id_)] if mark_ == asked:
            return Place(source, key=(a, b, c, d, e, _uuid(id_)))
    raise BadCursor(text)


def _decoded(text: str) -> Any:
    if len(text) > LONGEST or not text.isascii():
        raise BadCursor(text)
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return json.loads(data)
    except (binascii.Error, ValueError, RecursionError):
        raise BadCursor(text) from None


def _uuid(text: str) -> UUID:
    try:
        return UUID(hex=text)
    except ValueError:
        raise BadCursor(text) from None
