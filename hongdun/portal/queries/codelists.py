"""The code lists of the register, its organs and divisions, made from the very tables that the code uses."""

from __future__ import annotations

import csv
from importlib.resources import files
from typing import TYPE_CHECKING

from hongdun.base import answers
from hongdun.base.codelists import Item, labelled, publish
from hongdun.lib import entitytypes, industries, money, particulars
from hongdun.org.models import Organ
from hongdun.register.models import Licence, VersionKind

if TYPE_CHECKING:
    from collections.abc import Mapping


def entity_types() -> list[Item]:
    return [
        {
            "code": each.code,
            "label": each.label,
            "kind": each.kind,
            "branch": each.branch,
            "legal_person": each.legal_person,
            "representative": each.representative_label,
        }
        for each in entitytypes.TYPES.values()
    ]


def industry_sections() -> list[Item]:
    return [
        {
            "code": each.code,
            "label": each.label,
            "first_division": f"{each.first:02}",
            "last_division": f"{each.last:02}",
        }
        for each in industries.SECTIONS
    ]


def authorities() -> list[Item]:
    return [
        {
            "code": each.code,
            "label": each.name,
            "short": each.short,
            "level": each.level,
            "parent": each.parent_id,
            "division": each.division,
        }
        for each in Organ.objects.all()
    ]


def divisions() -> list[Item]:
    """Every six-digit code of the region since 1980; an empty year is open."""
    lines = files("hongdun.org").joinpath("tables/divisions.csv").read_text("utf-8").splitlines()
    return [
        {
            "code": row["code"],
            "label": row["name"],
            "first_year": row["first_year"],
            "last_year": row["last_year"],
            "successor": row["successor"],
            "kind": row["kind"],
        }
        for row in csv.DictReader(lines)
    ]


def problem_types() -> list[Item]:
    return [
        {"code": each.urn, "label": each.title, "status": each.status} for each in answers.PROBLEMS.values()
    ]


def currencies() -> list[Item]:
    return [{"code": code, "label": names[0]} for code, names in money.CURRENCIES.items()]


def _publish(name: str, label: str, source: str, codes: Mapping[str, str]) -> None:
    publish(name, label, source, lambda: labelled(codes))


def publish_all() -> None:
    """Called once, when the app starts."""
    kinds = {str(kind): label for kind, label in entitytypes.KINDS.items()}
    _publish("entity-kinds", "市场主体的种类", "市场主体登记管理条例第二条", kinds)
    publish("entity-types", "市场主体的类型", "登记业务代码", entity_types)
    _publish("statuses", "登记状态", "市场主体登记管理条例", particulars.STATUSES)
    _publish("person-roles", "公开的人员身份", "市场主体登记管理条例第八条、第九条", particulars.PUBLIC_ROLES)
    _publish("version-kinds", "登记的种类", "本平台", dict(VersionKind.choices))
    _publish("licence-states", "营业执照的状态", "本平台", dict(Licence.State.choices))
    publish("currencies", "币种", "ISO 4217", currencies)
    publish("industry-sections", "行业门类", "GB/T 4754-2017", industry_sections)
    publish("authorities", "登记机关和派出机构", "本平台", authorities)
    publish("divisions", "行政区划（含历史代码）", "GB/T 2260", divisions)
    publish("problem-types", "接口的错误种类", "本平台，写法依 RFC 9457", problem_types)
