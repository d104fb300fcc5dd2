"""A name is borne by one live entity (企业名称登记管理规定 art. 17), also when two filings enter it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from hongdun.register import queries
from hongdun.register.actions.errors import RegisterError

if TYPE_CHECKING:
    from uuid import UUID

NAMING = 0x68644E61  # advisory locks of names; the second key is the name's hash


def take(name: str, *, bearer: UUID | None = None) -> None:
    """Hold the name until the transaction ends; refused where a live entity other than `bearer` has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [NAMING, name])
    if taken := queries.name_taken(name, bearer=bearer):
        raise RegisterError(taken)
