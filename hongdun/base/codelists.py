"""Code lists that the public API publishes; each app adds its own where its codes are defined or read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Item = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CodeList:
    """`items` gives rows with at least `code` and `label`; `source` is where the codes come from."""

    name: str
    label: str
    source: str
    items: Callable[[], list[Item]]


CODE_LISTS: dict[str, CodeList] = {}


def publish(name: str, label: str, source: str, items: Callable[[], list[Item]]) -> None:
    CODE_LISTS[name] = CodeList(name, label, source, items)


def labelled(codes: Mapping[Any, str]) -> list[Item]:
    return [{"code": code, "label": label} for code, label in codes.items()]
