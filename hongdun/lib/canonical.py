"""One spelling of a row, so that its code can be computed again years later from what is stored."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def plain(value: Any) -> Plain:
    """Reduce a value to JSON that survives `jsonb` unchanged: numbers other than int become text."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, (set, frozenset)):
        return [plain(each) for each in sorted(value, key=str)]
    return instant(value) if isinstance(value, datetime) else str(value)


def instant(at: datetime) -> str:
    """UTC with six digits of microseconds, whatever zone the session speaks."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _spell(value: object) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"not canonical: {type(value).__name__}")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_spell).encode


def text(*values: Any) -> bytes:
    """UTF-8 JSON list without spaces, keys sorted; besides JSON, keys (UUID) and instants may stand in it."""
    return _encode(values).encode()


def body(value: Plain) -> str:
    """Spell a plain value for a jsonb column."""
    return _encode(value)
