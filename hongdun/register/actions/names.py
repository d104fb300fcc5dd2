"""A name is entered only while nobody else's stands against it (企业名称登记管理规定 art. 17), also when two enter at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hongdun.register import queries
from hongdun.register.actions.errors import RegisterError

if TYPE_CHECKING:
    from datetime import date

    from hongdun.lib.names import Parts
    from hongdun.register.queries import Naming

NAMING = 0x68644E61  # advisory locks of trade names; the second key is the trade name's hash


def take(name: str, naming: Naming, *, on: date) -> Parts:
    """Hold the trade name until the transaction ends; returns how the name is split.

    Refused where the same name, or the same trade name in the same industry, is borne, reserved or protected.
    """
    parts = queries.split_name(name, naming)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [NAMING, parts.trade or name])
    if found := queries.conflicts(name, naming, on=on).blocking:
        raise RegisterError(
            "；".join(f"{each.explanation}（{each.article}），请换一个字号" for each in found[:3])
        )
    return parts
