"""Merkle trees as RFC 6962 §2.1 builds them: leaves and nodes hashed apart, the odd subtree carried up."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def leaf(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """Root over leaf hashes; of none it is the hash of nothing."""
    if not leaves:
        return sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        level = _raise(level)
    return level[0]


def proof(leaves: Sequence[bytes], index: int) -> list[tuple[str, bytes]]:
    """Return the siblings from the leaf up, each with its side ("l" or "r"): the evidence for one row."""
    path: list[tuple[str, bytes]] = []
    level = list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(("l" if sibling < index else "r", level[sibling]))
        level, index = _raise(level), index // 2
    return path


def climb(start: bytes, path: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the root that a leaf hash and its proof lead to."""
    for side, sibling in path:
        start = node(sibling, start) if side == "l" else node(start, sibling)
    return start


def _raise(level: list[bytes]) -> list[bytes]:
    above = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return [*above, level[-1]] if len(level) % 2 else above
