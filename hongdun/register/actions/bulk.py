"""Loading many entities at once: COPY to a temporary table, then one upsert for each table of the register.

The exclusion constraint stays in force; one audit row and one message stand for the whole chunk.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection

from hongdun.base.ids import uuid7
from hongdun.lib import grams
from hongdun.register.actions import namerows, wordings

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from hongdun.lib.entityrows import Row
    from hongdun.register.models import VersionKind

INCOMING = """
CREATE TEMPORARY TABLE IF NOT EXISTS register_incoming (
    place int, id uuid, version_id uuid, person_id uuid, name_id uuid, uscc text, kind text,
    type text, status text, organ int, division text, established date, capital numeric, currency text,
    representative text, address text, scope text, industry text, remarks text[], role text, particulars jsonb,
    name text, city smallint, trade text, trade_industry text, keyed smallint, keys bigint[], grams int[],
    worded smallint, address_grams int[], scope_grams int[], people_grams int[],
    more_people uuid[], shares uuid[], holders text[], known boolean
)
"""
COPY = "COPY register_incoming FROM STDIN"
# No text of the database holds NUL, so that a whole line is escaped at once and its marks put in afterwards.
NEXT, NULL = "\0,", "\0N"
ESCAPES = (
    ("\\", "\\\\"), ("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), (NEXT, "\t"), (NULL, "\\N"),
)  # fmt: skip
to_json = json.JSONEncoder(ensure_ascii=False).encode
ENTITIES = """
INSERT INTO register_entity (id, uscc, regno, name, kind, type, status, organ, station, division,
    established, closed, capital, currency, representative, address, scope, industry, remarks, version,
    licence_version)
SELECT id, uscc, '', name, kind, type, status, organ, NULL, division,
    established, NULL, capital, currency, representative, address, scope, industry, remarks, 1, 1
FROM register_incoming ORDER BY place
ON CONFLICT (uscc) DO NOTHING
"""
# Rows whose new id is not in the register met a code that was there before.
MARK = """
UPDATE register_incoming i SET known = true FROM register_entity e WHERE e.uscc = i.uscc AND e.id <> i.id
"""
KNOWN = """
SELECT i.place, e.name, EXISTS (
    SELECT FROM register_version v WHERE v.entity_id = e.id AND v.kind = %s AND v.particulars = i.particulars)
FROM register_incoming i JOIN register_entity e ON e.uscc = i.uscc WHERE i.known
"""
VERSIONS = """
INSERT INTO register_version (id, entity_id, valid, recorded, particulars, kind, organ, case_id, person, note)
SELECT version_id, id, daterange(established, NULL), tstzrange(clock_timestamp(), NULL), particulars,
    %s, organ, NULL, NULL, ''
FROM register_incoming WHERE NOT known ORDER BY place
"""
PEOPLE = """
INSERT INTO register_entityperson (id, entity_id, name, role, place)
SELECT person_id, id, representative, role, 0 FROM register_incoming
WHERE NOT known AND role <> '' ORDER BY place
"""
# Few rows name more than a representative, and imports none that hold shares: those are read from the particulars.
MORE_PEOPLE = """
INSERT INTO register_entityperson (id, entity_id, name, role, place)
SELECT i.more_people[each.place - 1], i.id, each.body->>'name', each.body->>'role', each.place - 1
FROM register_incoming i, jsonb_array_elements(i.particulars->'people') WITH ORDINALITY each (body, place)
WHERE NOT i.known AND i.more_people <> '{}' AND each.place > 1 ORDER BY i.place, each.place
"""
HOLDERS = """
UPDATE register_incoming i SET particulars = jsonb_set(i.particulars, '{shares}', told.shares)
FROM (
    SELECT o.place, jsonb_agg(
        CASE WHEN h.id IS NULL THEN each.body ELSE jsonb_set(each.body, '{entity}', to_jsonb(h.id)) END ORDER BY each.place
    ) AS shares
    FROM register_incoming o
    CROSS JOIN jsonb_array_elements(o.particulars->'shares') WITH ORDINALITY each (body, place)
    LEFT JOIN register_entity h ON h.uscc = o.holders[each.place]
    WHERE o.holders <> '{}' GROUP BY o.place
) told
WHERE told.place = i.place
"""
SHARES = """
INSERT INTO register_entityshare
    (id, entity_id, holder, holder_entity_id, amount, currency, deadline, form, standing, country, place)
SELECT i.shares[each.place], i.id, each.body->>'holder', (each.body->>'entity')::uuid,
    (each.body->'subscribed'->>'amount')::numeric, each.body->'subscribed'->>'currency', (each.body->>'deadline')::date,
    each.body->>'form', coalesce(each.body->>'standing', ''), coalesce(each.body->>'country', ''), each.place - 1
FROM register_incoming i, jsonb_array_elements(i.particulars->'shares') WITH ORDINALITY each (body, place)
WHERE NOT i.known AND i.shares <> '{}' ORDER BY i.place, each.place
"""
NAMES = """
INSERT INTO register_name (id, entity_id, case_id, organ, city, name, kind, trade, industry, since, until, fate,
    keyed, keys, grams)
SELECT name_id, id, NULL, organ, city, name, 'current', trade, trade_industry, established, NULL, '',
    keyed, keys, grams
FROM register_incoming WHERE NOT known ORDER BY place
"""
WORDINGS = """
INSERT INTO register_wording (entity_id, keyed, address, scope, people)
SELECT id, worded, address_grams, scope_grams, people_grams FROM register_incoming WHERE NOT known ORDER BY place
"""


def write(lines: Sequence[bytes], *, kind: VersionKind) -> dict[int, str]:
    """Enter what `line` made; returns by place why some were left out ("" where the register had them)."""
    with connection.cursor() as cursor:
        cursor.execute(INCOMING)
        cursor.execute("TRUNCATE register_incoming")
        with cursor.copy(COPY) as copy:
            copy.write(b"".join(lines))
        cursor.execute(ENTITIES)
        new = cursor.rowcount == len(lines)
        if not new:
            # Without statistics of the few rows here, the planner would read the whole register.
            cursor.execute("ANALYZE register_incoming")
            cursor.execute(MARK)
        cursor.execute(HOLDERS)
        cursor.execute(VERSIONS, [kind])
        for statement in (PEOPLE, MORE_PEOPLE, SHARES):
            cursor.execute(statement)
        cursor.execute(NAMES)
        cursor.execute(WORDINGS)
        if new:
            return {}
        cursor.execute(KNOWN, [kind])
        return {place: "" if same else _conflict(name) for place, name, same in cursor.fetchall()}


def _conflict(name: str) -> str:
    return f"登记簿已有此代码（{name}），内容不同；导入不改写登记簿，请核对后办理变更或者更正"


def _ids(count: int) -> str:
    return "{" + ",".join(str(uuid7()) for _ in range(count)) + "}"


def _array(words: Collection[str]) -> str:
    """A text[] as the database writes it."""
    text = "\0".join(words).replace("\\", "\\\\").replace('"', '\\"')
    return '{"' + text.replace("\0", '","') + '"}' if words else "{}"


def _numbers(keys: Sequence[int]) -> str:
    return "{" + ",".join(map(str, keys)) + "}"


def line(place: int, row: Row) -> bytes:
    """A row as COPY reads it; made apart from writing, so that it can be done ahead."""
    text = NEXT.join([NULL if value is None else str(value) for value in _fields(place, row)])
    for character, written in ESCAPES:
        text = text.replace(character, written)
    return (text + "\n").encode()


def _fields(place: int, row: Row) -> tuple[Any, ...]:
    state = row.particulars
    role = state.people[0].role if state.people else ""
    shown = [each.name for each in state.people if each.is_public]
    narrow = grams.filters(
        organ=row.organ,
        status=state.status,
        kind=state.type,
        industry=state.industry,
        year=state.established.year if state.established else None,
    )
    entity, name, rank = uuid7(), uuid7(), grams.rank(state.status)
    made = namerows.made(state.name, row.organ, narrow=(*narrow, *grams.placed(name, rank)))
    worded = wordings.made(
        state.domicile.text, state.scope.text, shown,
        (*narrow, *grams.placed(entity, rank)),
    )  # fmt: skip
    return (
        place, entity, uuid7(), uuid7(), name, row.uscc, state.kind,
        state.type, state.status, row.organ, state.domicile.division, state.established,
        state.capital.amount if state.capital else None, state.capital.currency if state.capital else "",
        state.representative, state.domicile.text, state.scope.text, state.industry, _array(row.remarks), role,
        to_json(state.public()), *made[:-2], _numbers(made.keys), _numbers(made.grams),
        worded.keyed, _numbers(worded.address), _numbers(worded.scope), _numbers(worded.people),
        _ids(len(shown) - 1), _ids(len(state.shares)), _array(row.holders), False,
    )  # fmt: skip
