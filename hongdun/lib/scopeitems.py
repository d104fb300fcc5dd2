"""Splitting the text of a business scope (经营范围) into its items."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Head = Literal["一般项目", "许可项目"]

_HEADS: tuple[Head, ...] = ("一般项目", "许可项目")
_OPEN, _CLOSE = "（([【", "）)]】"
_ENDS = "；;。"
_MARK = re.compile(f"[{re.escape(_OPEN + _CLOSE + _ENDS)}]")


@dataclass(frozen=True, slots=True)
class Item:
    """One item with its bracketed remark; `head` where the text sorts items into general and licensed."""

    text: str
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    items: tuple[Item, ...]
    remarks: tuple[str, ...]  # bracketed sentences on the whole scope, e.g. （依法须经批准的项目…）


def split(text: str) -> Scope:
    items: list[Item] = []
    remarks: list[str] = []
    head: Head | None = None
    for piece in _pieces(text):
        head, rest = _head(piece, head)
        body, remark = _closing_remark(rest)
        if body:
            items.append(Item(body, head))
        if remark:
            remarks.append(remark)
    return Scope(tuple(items), tuple(remarks))


def _pieces(text: str) -> Iterator[str]:
    """Parts between ；;。 outside brackets; an unclosed bracket doesn't swallow the rest of the scope."""
    depth = start = 0
    balanced = sum(map(text.count, _OPEN)) == sum(map(text.count, _CLOSE))
    for mark in _MARK.finditer(text):
        if mark[0] in _ENDS:
            if depth <= 0:
                yield text[start : mark.start()].strip()
                start = mark.end()
        elif balanced:
            depth += 1 if mark[0] in _OPEN else -1
    yield text[start:].strip()


def _head(piece: str, current: Head | None) -> tuple[Head | None, str]:
    for head in _HEADS:
        rest = piece.removeprefix(head)
        if rest != piece and rest[:1] in {"：", ":", ""}:
            return head, rest[1:].strip()
    return current, piece


def _closing_remark(piece: str) -> tuple[str, str]:
    """A remark on the whole scope stands alone in its brackets or names the items subject to approval."""
    for opening in ("（依法须", "(依法须", "（除依法", "(除依法", "*（依法须", "*(依法须"):
        place = piece.find(opening)
        if place >= 0:
            return piece[:place].strip("* "), piece[place:].strip("* ")
    if piece[:1] in _OPEN and piece[-1:] in _CLOSE and not any(mark in piece[1:-1] for mark in _OPEN):
        return "", piece
    return piece, ""
