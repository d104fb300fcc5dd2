from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import uuid_utils

if TYPE_CHECKING:
    from datetime import datetime


def uuid7() -> UUID:
    """Time-ordered key made by the client, so that rows can be named before they are stored (RFC 9562)."""
    return UUID(int=uuid_utils.uuid7().int)


def floor(at: datetime) -> UUID:
    """Return the smallest UUIDv7 that can have been made at `at`: bounds a scan of a key index by time."""
    return UUID(int=int(at.timestamp() * 1000) << 80)
