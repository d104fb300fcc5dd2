"""JSON Schemas of what the public API answers; the suite checks every answer against them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.lib import entitytypes, particulars
from hongdun.register.models import VersionKind

if TYPE_CHECKING:
    from hongdun.base.parameters import Schema

TEXT: Schema = {"type": "string"}
TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
WHOLE: Schema = {"type": "integer"}
DAY: Schema = {"type": "string", "format": "date"}
DAY_OR_NONE: Schema = {"type": ["string", "null"], "format": "date"}
MOMENT_OR_NONE: Schema = {"type": ["string", "null"], "format": "date-time"}
USCC: Schema = {"type": "string", "format": "uscc", "minLength": 18, "maxLength": 18}


def record(*optional: str, **properties: Schema) -> Schema:
    """An object with exactly these members; the `optional` may be absent."""
    required = [name for name in properties if name not in optional]
    found: Schema = {"type": "object", "required": required, "additionalProperties": False}
    return found | {"properties": properties}


def listed(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def or_none(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def span(schema: Schema, about: str) -> Schema:
    return record(**{"from": schema, "until": schema}) | {"description": about}


def coded(codes: list[str]) -> Schema:
    return record(code={"type": "string", "enum": codes}, label=TEXT)


MONEY = record(
    amount=TEXT | {"pattern": r"^-?\d+(\.\d+)?$", "description": "以元（币种的基本单位）计，十进制文本"},
    currency=TEXT | {"description": "ISO 4217，见代码表 currencies"},
)
PERSON = record(
    "appointed", name=TEXT, role={"type": "string", "enum": list(particulars.PUBLIC_ROLES)}, appointed=TEXT
)
SHARE = record(
    "standing",
    "country",
    holder=TEXT,
    standing=TEXT
    | {"enum": list(particulars.STANDINGS), "description": "普通、有限合伙人，合作社成员类型等"},
    country=TEXT | {"description": "境外投资者的国别（地区）"},
    subscribed=MONEY,
    deadline=DAY_OR_NONE,
    form=TEXT,
    entity=TEXT_OR_NONE | {"description": "股东在本登记簿中的内部编号"},
)
PARTICULARS = record(
    "group",
    name=TEXT,
    group=TEXT | {"description": "企业集团名称，只有控股企业有"},
    kind={"type": "string", "enum": list(entitytypes.KINDS)},
    type={"type": "string", "enum": list(entitytypes.TYPES)},
    status={"type": "string", "enum": list(particulars.STATUSES)},
    representative=TEXT,
    capital=or_none(MONEY),
    established=DAY_OR_NONE,
    term_until=DAY_OR_NONE | {"description": "null：长期，或者原登记未载明（见 remarks）"},
    domicile=record(text=TEXT, division=TEXT),
    scope=record(text=TEXT, items=listed(TEXT)),
    industry=TEXT | {"description": "GB/T 4754 的小类"},
    people=listed(PERSON),
    shares=listed(SHARE),
    parent=or_none(record("country", uscc=TEXT, name=TEXT, country=TEXT)),
)
AUTHORITY = record(code=WHOLE | {"description": "见代码表 authorities"}, name=TEXT)
STATUS = coded(list(particulars.STATUSES))
VALID = span(DAY_OR_NONE, "这一登记状态生效的期间，until 当日已不再有效；null 为不限")
RECORDED = span(MOMENT_OR_NONE, "登记簿这样记载的期间；until 为 null 是至今")
ENTITY = record(
    uscc=TEXT,
    name=TEXT,
    type=coded(list(entitytypes.TYPES)),
    status=STATUS,
    authority=AUTHORITY,
    as_of=DAY_OR_NONE,
    known_on=DAY_OR_NONE,
    valid=VALID,
    recorded=RECORDED,
    version=WHOLE | {"description": "登记簿上现在是第几个状态，变更一次加一"},
    particulars=PARTICULARS,
    former_names=listed(record(name=TEXT, until=DAY)),
    remarks=listed(TEXT) | {"description": "对历史数据的说明"},
    page=TEXT | {"description": "网页的路径"},
)
CHANGE = record(item=TEXT, label=TEXT, before=TEXT, after=TEXT)
VERSION = record(
    kind=coded(list(VersionKind.values)),
    valid=VALID,
    recorded=RECORDED,
    authority=AUTHORITY,
    note=TEXT,
    particulars=PARTICULARS,
    changes={
        "type": ["array", "null"],
        "items": CHANGE,
        "description": "与登记簿此前对同一天的记载相比；null 为首次记载",
    },
)
VERSIONS = record(
    uscc=TEXT,
    versions=listed(VERSION),
    next=TEXT_OR_NONE | {"description": "下一页的路径；null 为已到末页"},
)
CODE_LISTS = record(code_lists=listed(record(name=TEXT, label=TEXT, source=TEXT, url=TEXT)))
CODE_LIST = record(
    name=TEXT,
    label=TEXT,
    source=TEXT,
    items=listed(
        {
            "type": "object",
            "required": ["code", "label"],
            "properties": {"code": {"type": ["string", "integer"]}, "label": TEXT},
        }
    ),
)
OPENAPI: Schema = {"type": "object", "required": ["openapi", "info", "paths"]}
