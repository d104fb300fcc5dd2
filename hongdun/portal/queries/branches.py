"""Parent and branches by name: a branch bears its parent's whole name and 分公司, 分厂, 分店 … after it.

企业名称登记管理规定 art. 13. The register holds no other link between them for entities of before 2022.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from django.db import connection

from hongdun.base import wire
from hongdun.lib import entitytypes

ENDINGS = "分公司|支公司|分厂|分店|分行|支行|分社|分理处|分所|营业部|门市部|经营部|门店|办事处"
# Where the parent's name may end inside that of a branch.
PARENT = re.compile(r"公司|合作社|联合社|合伙）|企业|中心|集团|银行|厂|店|所|社")
MOST = 1000
SIZE = 50

NAMED = """
FROM register_entity WHERE name ~>~ %s AND name ~<~ %s AND (%s LIKE '%%公司' OR name ~ %s)
"""
COUNT = f"SELECT count(*) FROM (SELECT 1 {NAMED} LIMIT {MOST + 1}) b"  # noqa: S608 - constants
PAGE = f"""
SELECT name, uscc, status {NAMED} ORDER BY name USING ~<~ OFFSET %s LIMIT {SIZE}
"""
BEARERS = """
SELECT name, uscc, status FROM register_entity WHERE name = ANY(%s) AND kind <> 'individual'
ORDER BY length(name) DESC, status = 'active' DESC, uscc LIMIT 1
"""
# Of an entity `e`: changes when one of its branches does, or when there is one more.
STAMP = f"""CASE WHEN e.kind <> 'individual' THEN (SELECT md5(string_agg(b.uscc || b.xmin, ',')) FROM (
        SELECT uscc, xmin FROM register_entity
        WHERE name ~>~ e.name AND name ~<~ (e.name || chr(1114111)) AND (e.name LIKE '%公司' OR name ~ '({ENDINGS})$')
        ORDER BY name USING ~<~ LIMIT {MOST + 1}) b) END"""  # noqa: S608 - constants
PARENT_STAMP = wire.Statement("""
SELECT concat_ws(' ', uscc, xmin) FROM register_entity
WHERE name = ANY(ARRAY(SELECT jsonb_array_elements_text($1::jsonb))) AND kind <> 'individual'
ORDER BY length(name) DESC, status = 'active' DESC, uscc LIMIT 1
""")
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Related:
    """A parent or a branch: another entity, as far as a link to it goes."""

    name: str
    uscc: str
    status: str


def may_have_parent(kind: str, name: str) -> bool:
    return entitytypes.get(kind).branch or (kind == "0000" and "公司" in name[:-1])


def parent_of(name: str) -> Related | None:
    """The entity whose whole name begins this branch's name: the longest such."""
    beginnings = _beginnings(name)
    if not beginnings:
        return None
    with connection.cursor() as cursor:
        cursor.execute(BEARERS, [beginnings])
        row = cursor.fetchone()
    return Related(*row) if row else None


def parent_stamp(name: str) -> tuple[wire.Statement, str]:
    """A question whose answer changes with the parent's entry in the register, or when another becomes the parent."""
    return PARENT_STAMP, json.dumps(_beginnings(name))


def _beginnings(name: str) -> list[str]:
    return [name[: found.end()] for found in PARENT.finditer(name) if found.end() < len(name)]


def count(name: str) -> int:
    """How many branches bear this name, counted to MOST + 1."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, _named(name))
        (found,) = cursor.fetchone() or (0,)
    return int(found)


def page(name: str, number: int) -> list[Related]:
    """The branches of one page, in the order of their names."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE, [*_named(name), (number - 1) * SIZE])
        return [Related(*row) for row in cursor]


def _named(name: str) -> list[str]:
    return [name, name + LAST, name, f"({ENDINGS})$"]
