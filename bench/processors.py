"""Processor time of whole trees of processes: on a shared machine the clock says more about the neighbours."""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TICKS = os.sysconf("SC_CLK_TCK")


def spent(roots: Iterable[int]) -> float:
    """Seconds used so far by these processes, all below them, and our own children that have ended."""
    ours = resource.getrusage(resource.RUSAGE_CHILDREN)
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(folder.name))
        used[int(folder.name)] = sum(map(int, fields[11:15])) / TICKS  # own, and of children that have ended
    total, waiting = ours.ru_utime + ours.ru_stime, list(roots)
    while waiting:
        process = waiting.pop()
        total += used.get(process, 0)
        waiting += children.get(process, [])
    return total
