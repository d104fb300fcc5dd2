"""One spelling of a row, so that its code can be computed again years later from what is stored."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def plain(value: Any) -> Plain:
    """Reduce a value to JSON that survives `jsonb` unchanged: numbers other than int become text."""
    if value is None or isinstance(value, (bool, int)):
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
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def text(*values: Any) -> bytes:
    """UTF-8 JSON list without spaces, keys sorted; values as `plain` leaves them."""
    return json.dumps(
        [plain(value) for value in values], ensure_ascii=False, separators=(",", ":"), sort_keys=True
    ).encode()
