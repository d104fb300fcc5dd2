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

STAGES = 20  # more than any list has stretches
# By, exactness, former, ended, length, id of the text as a number: the order of results.
Key = tuple[int, int, int, int, int, int]
LONGEST = 1200  # a name of 200 characters among the rest


class BadCursor(ValueError):
    """No place in this list."""


@dataclass(frozen=True, slots=True)
class Place:
    """Behind `key` of a ranked list, or behind `id` in stretch `stage` of one too long to be ranked.

    Of that row `ended` and `name` say what its stretch may be ordered by. `back`: before it, not behind. `counted`: what
    was counted when the list was begun.
    """

    source: str
    key: Key | None = None
    stage: int = 0
    ended: bool = False
    name: str = ""
    id: UUID | None = None
    back: bool = False
    counted: int = 0

    @property
    def items(self) -> list[Any]:
        if self.key:
            return [*self.key[:-1], f"{self.key[-1]:032x}"]
        id_ = self.id.hex if self.id else ""
        return [self.stage, self.ended, self.name, id_, self.back, self.counted]


def mark(*asked: object) -> str:
    """Short for what was asked, so that a place of another search is known as such."""
    return blake2b(repr(asked).encode(), digest_size=6).hexdigest()


def written(place: Place, asked: str) -> str:
    data = json.dumps([asked, place.source, *place.items], ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read(text: str, asked: str) -> Place:
    """Raises BadCursor."""
    body = _decoded(text)
    match body:
        case [
            str(mark_), str(source), int(stage), bool(ended), str(name), str(id_), bool(back), int(counted)
        ] if mark_ == asked and 0 <= stage < STAGES and "\0" not in name:  # fmt: skip
            key = _uuid(id_) if id_ else None
            return Place(
                source, stage=stage, ended=ended, name=name, id=key, back=back, counted=max(0, counted)
            )
        case [str(mark_), str(source), int(a), int(b), int(c), int(d), int(e), str(id_)] if mark_ == asked:
            return Place(source, key=(a, b, c, d, e, _uuid(id_).int))
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
