"""What the register shows of shareholders, one entity or all, as `hongdun.lib.bods` wants it."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.timezone import localdate

from hongdun.lib import bods
from hongdun.lib.particulars import ENDED, from_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from uuid import UUID

    from psycopg import Connection

    Row = dict[str, Any]
    Ask = Callable[[str, list[Any]], list[Row]]

# What the register knows now, in the order of the days from which it held.
STATES = """
SELECT e.id, e.uscc, e.name, e.version, e.established, e.closed, e.status, e.address,
    lower(v.valid) AS since, lower(v.recorded) AS recorded, v.particulars::text AS particulars
FROM register_entity e JOIN register_version v ON v.entity_id = e.id
WHERE upper_inf(v.recorded) AND {which}
ORDER BY e.uscc, lower(v.valid) NULLS FIRST
"""
ONE = STATES.format(which="e.uscc = %s")
ALL = STATES.format(
    which="e.id IN (SELECT entity_id FROM register_entityshare"
    " UNION SELECT holder_entity_id FROM register_entityshare WHERE holder_entity_id IS NOT NULL)"
)
# Of these, who has no turn of its own: its shares are given up.
NO_MORE = """
SELECT holder.id FROM unnest(%s::uuid[]) holder (id)
WHERE NOT EXISTS (SELECT FROM register_entityshare s WHERE s.entity_id = holder.id OR s.holder_entity_id = holder.id)
"""
HOLDERS = STATES.format(which="e.id = ANY(%s)")


def of_entity(uscc: str) -> list[bods.Statement]:
    """All statements on one entity; empty where the register has none of this code."""
    rows = _ask_django(ONE, [uscc])
    if not rows:
        return []
    subject, states = _read(rows)
    known = _known(_ask_django, states)
    parties = {each.record: each for each in (subject, *known.values())}
    return [*map(bods.entity, parties.values()), *bods.ownership(subject, states, known)]


def of_all(database: Connection[Row]) -> Iterator[bods.Statement]:
    """Statements on every entity that has shareholders, or holds shares itself, today; each entity once.

    A relationship comes behind the statements of both its parties, as the standard wants it.
    """

    def ask(sql: str, params: list[Any]) -> list[Row]:
        return database.execute(sql, params).fetchall()

    ahead: set[str] = set()  # holders stated before it was their turn
    with database.cursor("ownership") as cursor:
        cursor.itersize = 2000
        cursor.execute(ALL)
        for code, rows in groupby(cursor, key=lambda row: row["uscc"]):
            subject, states = _read(rows)
            known = _known(ask, states)
            parties = [] if code in ahead else [subject]
            parties += [each for each in _later(ask, known, code) if each.uscc not in ahead]
            ahead.update(each.uscc for each in parties if each is not subject)
            yield from map(bods.entity, parties)
            yield from bods.ownership(subject, states, known)


def _later(ask: Ask, known: dict[UUID, bods.Subject], code: str) -> list[bods.Subject]:
    """Holders whose turn is still to come, or never comes."""
    if not known:
        return []
    never = {row["id"] for row in ask(NO_MORE, [list(known)])}
    return [each for id_, each in known.items() if each.uscc > code or id_ in never]


def _ask_django(sql: str, params: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def _known(ask: Ask, states: list[bods.State]) -> dict[UUID, bods.Subject]:
    """Shareholders that are entities of the register themselves."""
    ids = {share.entity for state in states for share in state.shares if share.entity}
    if not ids:
        return {}
    rows = ask(HOLDERS, [list(ids)])
    return {row["id"]: _subject(row) for row in rows}  # the last row of each is its present state


def _read(rows: Iterable[Row]) -> tuple[bods.Subject, list[bods.State]]:
    found = list(rows)
    return _subject(found[-1]), [_state(row) for row in found]


def _subject(row: Row) -> bods.Subject:
    return bods.Subject(
        uscc=row["uscc"],
        name=row["name"],
        version=row["version"],
        since=_day(row),
        published=localdate(row["recorded"]),
        founded=row["established"],
        closed=row["closed"] if row["status"] in ENDED else None,
        address=row["address"],
    )


def _state(row: Row) -> bods.State:
    return bods.State(_day(row), localdate(row["recorded"]), from_json(json.loads(row["particulars"])).shares)


def _day(row: Row) -> date:
    """Older data may not say since when: then since the founding, or since it was entered."""
    return row["since"] or row["established"] or localdate(row["recorded"])
