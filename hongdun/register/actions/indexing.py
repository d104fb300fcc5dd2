"""Making the pieces of search anew, chunk by chunk: after an upgrade, or a migration that left them empty.

A row says by which version of the algorithm its pieces were made (`keyed`), so that a run that is killed goes on where it
stopped, and a run that finds nothing to do costs one look into an index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection

from hongdun.base.scope import system_scope
from hongdun.lib import grams, names
from hongdun.register.actions import namerows, wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from uuid import UUID

    Progress = Callable[[int], None]

CHUNK = 5000
REASON = "更新检索索引"
OLD_NAMES = """
SELECT n.id, n.name, n.trade, n.industry, n.organ, n.kind = 'former', e.organ, e.status, e.type, e.industry, e.established
FROM register_name n LEFT JOIN register_entity e ON e.id = n.entity_id
WHERE n.keyed < %s ORDER BY n.keyed LIMIT %s FOR UPDATE OF n SKIP LOCKED
"""
NEW_NAMES = """
CREATE TEMPORARY TABLE register_remade (
    id uuid, organ int, city smallint, trade text, industry text, keyed smallint, keys bigint[], grams int[]
) ON COMMIT DROP
"""
STORE_NAMES = """
UPDATE register_name n SET organ = r.organ, city = r.city, trade = r.trade, industry = r.industry, keyed = r.keyed,
    keys = r.keys, grams = r.grams
FROM register_remade r WHERE n.id = r.id
"""
OLD_WORDINGS = """
SELECT w.entity_id, e.address, e.scope, e.organ, e.status, e.type, e.industry, e.established,
    ARRAY(SELECT p.name FROM register_entityperson p WHERE p.entity_id = w.entity_id ORDER BY p.place)
FROM register_wording w JOIN register_entity e ON e.id = w.entity_id
WHERE w.keyed < %s ORDER BY w.keyed LIMIT %s FOR UPDATE OF w SKIP LOCKED
"""
NEW_WORDINGS = """
CREATE TEMPORARY TABLE register_remade (id uuid, keyed smallint, address int[], scope int[], people int[])
ON COMMIT DROP
"""
STORE_WORDINGS = """
UPDATE register_wording w SET keyed = r.keyed, address = r.address, scope = r.scope, people = r.people
FROM register_remade r WHERE w.entity_id = r.id
"""


def remake(*, progress: Progress = lambda _: None) -> int:
    """Make anew whatever an older version made; returns how many rows that were."""
    done = 0
    for chunk in (_names, _wordings):
        while made := chunk():
            done += made
            progress(done)
    return done


def outdated() -> int:
    """How many rows wait to be made anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM register_name WHERE keyed < %s)"
            " + (SELECT count(*) FROM register_wording WHERE keyed < %s)",
            [names.KEYS, grams.WORDING],
        )
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def _names() -> int:
    with system_scope(REASON):
        found = _read(OLD_NAMES, names.KEYS)
        return _store(NEW_NAMES, map(_named, found), STORE_NAMES) if found else 0


def _wordings() -> int:
    with system_scope(REASON):
        found = _read(OLD_WORDINGS, grams.WORDING)
        return _store(NEW_WORDINGS, map(_worded, found), STORE_WORDINGS) if found else 0


def _read(query: str, version: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [version, CHUNK])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _store(table: str, rows: Iterable[Sequence[Any]], update: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(table)
        with cursor.copy("COPY register_remade FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        # Without statistics of the few rows here, the planner would read the whole table.
        cursor.execute("ANALYZE register_remade")
        cursor.execute(update)
        stored = int(cursor.rowcount)
        cursor.execute("DROP TABLE register_remade")
        return stored


def _named(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """How a person split the name stays; a name that was never split is split now."""
    id_, name, trade, industry, organ_of_name, former, organ, *about = row
    parts = names.moved(names.parse(name), trade=trade, industry=industry) if trade else None
    organ_now = organ or organ_of_name
    narrow = _placed(id_, (organ, *about), former=former) if organ else ()
    made = namerows.made(name, organ_now, parts=parts, narrow=narrow)
    return (id_, organ_now, *made[1:])


def _worded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    id_, address, scope, *about, people = row
    return (id_, *wordings.made(address, scope, people, _placed(id_, about)))


def _placed(id_: UUID, about: Sequence[Any], *, former: bool = False) -> tuple[int, ...]:
    """`about`: organ, status, type, industry and foundation of the entity."""
    organ, status, kind, industry, founded = about
    year = founded.year if founded else None
    narrow = grams.filters(organ=organ, status=status, kind=kind, industry=industry, year=year)
    return (*narrow, *grams.placed(id_, grams.rank(status, former=former)))
