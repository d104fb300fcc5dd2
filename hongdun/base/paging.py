"""Lists in pages by the last row of the page before, in the order of a day or a moment and of the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db.models import Model, Q

from hongdun.base.parts import Pager

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

SIZE = 20
Row = TypeVar("Row", bound=Model)


def page_of(
    request: HttpRequest, found: QuerySet[Row], by: str, *, size: int = SIZE, newest_first: bool = False
) -> tuple[list[Row], Pager]:
    """The rows after `?after=`; whatever else the address says stays in it."""
    sign, beyond = ("-", "lt") if newest_first else ("", "gt")
    ordered = found.order_by(f"{sign}{by}", f"{sign}id")
    if last := _known(ordered, request.GET.get("after", "")):
        value = getattr(last, by)
        ordered = ordered.filter(Q(**{f"{by}__{beyond}": value}) | Q(**{by: value, f"id__{beyond}": last.pk}))
    rows = list(ordered[: size + 1])
    asked = request.GET.copy()
    asked.pop("after", None)
    first = f"?{asked.urlencode()}" if request.GET.get("after") else ""
    asked["after"] = str(rows[size - 1].pk) if len(rows) > size else ""
    return rows[:size], Pager(first, f"?{asked.urlencode()}" if asked["after"] else "")


def _known(found: QuerySet[Row], key: str) -> Row | None:
    try:
        return found.filter(pk=UUID(key)).first()
    except ValueError:
        return None
