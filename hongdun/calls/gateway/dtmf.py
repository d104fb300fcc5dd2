"""Digits that rtpengine heard, as it tells them: one JSON datagram for each."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)
NAMES = "0123456789*#ABCD"


class DigitListener(asyncio.DatagramProtocol):
    def __init__(self, heard: Callable[[str, str], None]) -> None:
        self.heard = heard

    def datagram_received(self, data: bytes, addr: object) -> None:  # noqa: ARG002 - asyncio's signature
        try:
            told = json.loads(data)
            call, digit = str(told["callid"]), NAMES[int(told["event"])]
        except (ValueError, KeyError, IndexError, TypeError):
            logger.warning("digit not understood", extra={"bytes": len(data)})
            return
        self.heard(call, digit)
