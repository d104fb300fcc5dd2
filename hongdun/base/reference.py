"""Tables that come with a release and are loaded by `hongdun load-reference`: apps above `org` add theirs in `ready()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOADERS: dict[str, Callable[[], int]] = {}  # what is loaded, and how; gives the number of rows
