"""Entities in bulk, as search finds them: loaded as an older register handed them over, whatever their names."""

from __future__ import annotations

from datetime import date

from hongdun.base.scope import system_scope
from hongdun.lib import uscc
from hongdun.lib.entityrows import Row
from hongdun.register import queries
from hongdun.register.actions import bulk
from hongdun.register.models import VersionKind
from tests.register.builders import COUNTY, company


def names(wanted: str, **more: object) -> list[str]:
    return [each.name for each in queries.find(wanted, **more).entities]  # type: ignore[arg-type]


def loaded(*rows: Row) -> None:
    with system_scope("测试"):
        bulk.write([bulk.line(place, row) for place, row in enumerate(rows, 1)], kind=VersionKind.IMPORT)


def row(number: int, name: str, *, organ: int = COUNTY, **items: object) -> Row:
    code = uscc.compose("9", "1", str(organ // 1000), uscc.body(number, "G"))
    return Row(code, organ, company(name=name, established=date(2015, 3, 2), **items), {})
