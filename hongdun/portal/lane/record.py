"""The public record of an entity as JSON, made from one statement: the view and the lean lane give the same bytes."""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from hongdun.base import wire
from hongdun.lib import entitytypes
from hongdun.lib.particulars import STATUSES
from hongdun.portal.queries import record as words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

# The particulars leave the database as the text that stands in the answer: nothing is parsed on the way.
# ANY keeps the planner off the index of the exclusion constraint: an entity has few versions, the key finds them.
READ = """
SELECT v.particulars->>'type', v.particulars->>'status', array_to_string(e.remarks, ' '),
    to_json(e.uscc)::text, v.particulars->'name', e.organ, to_json(coalesce(o.name, e.organ::text)),
    coalesce(to_json(lower(v.valid)), 'null'), coalesce(to_json(upper(v.valid)), 'null'),
    to_json(lower(v.recorded)), coalesce(to_json(upper(v.recorded)), 'null'),
    e.version, v.particulars,
    array_to_json(ARRAY(
        SELECT jsonb_build_object('name', f.name, 'until', f.until) FROM register_name f
        WHERE f.entity_id = e.id AND f.kind = 'former' ORDER BY f.until DESC)),
    e.uscc
FROM register_entity e JOIN register_version v ON v.entity_id = ANY(ARRAY[e.id]) LEFT JOIN org_organ o ON o.code = e.organ
WHERE e.uscc = ANY($1::text[]) AND
"""
NOW = wire.Statement(READ + "upper_inf(v.valid) AND upper_inf(v.recorded)")
THEN = wire.Statement(READ + "v.valid @> $2::date AND v.recorded @> $3::timestamptz")
BODY = (
    b'{"uscc": %b, "name": %b, "type": {"code": %b, "label": %b}, "status": {"code": %b, "label": %b},'
    b' "authority": {"code": %b, "name": %b}, "as_of": %b, "known_on": %b, "valid": {"from": %b, "until": %b},'
    b' "recorded": {"from": %b, "until": %b}, "version": %b, "particulars": %b, "former_names": %b,'
    b' "remarks": %b, "page": "/entity/%b/"}'
)
EVER = "infinity"


def now(code: str) -> bytes | None:
    """What the register holds of this code today."""
    row = wire.row(NOW, wire.array([code]))
    return body(row) if row else None


def then(
    code: str, on: date, known: datetime | None, *, as_of: date | None, known_on: date | None
) -> bytes | None:
    """On a legal date, as known at a moment; the dates that were asked for stand in the answer."""
    row = wire.row(THEN, wire.array([code]), str(on), known.isoformat() if known else EVER)
    return body(row, as_of, known_on) if row else None


def body(row: Sequence[bytes | None], as_of: date | None = None, known_on: date | None = None) -> bytes:
    kind, status, remarks, code, name, organ, authority, *rest = row
    assert kind is not None
    assert status is not None
    return BODY % (
        code, name, *_type(kind), *_status(status), organ, authority, _date(as_of), _date(known_on),
        *rest[:-1], _remarks(remarks) if remarks else b"[]", rest[-1],
    )  # fmt: skip


@cache
def _type(code: bytes) -> tuple[bytes, bytes]:
    return _json(code.decode()), _json(entitytypes.get(code.decode()).label)


@cache
def _status(code: bytes) -> tuple[bytes, bytes]:
    return _json(code.decode()), _json(STATUSES[code.decode()])


@lru_cache(1000)
def _remarks(codes: bytes) -> bytes:
    return _json(words.said(codes.decode().split()))


def _date(day: date | None) -> bytes:
    return _json(str(day)) if day else b"null"


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
