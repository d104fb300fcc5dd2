"""Facts of a company's establishment that the rules look at (公司法, 条例, 名称规定)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.base import actor as actors
from hongdun.lib import scopeitems
from hongdun.register import queries as register
from hongdun.registration.establishment import forms
from hongdun.registration.topics import terms
from hongdun.registration.wording import RIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.cases.models import Case
    from hongdun.registration.screening.comparing import Wanted

    Json = Mapping[str, Any]

LABELS = {
    "name_blocking": "阻止该名称的情形（个）",
    "name_warnings": "名称的近似提示（个）",
    "holders_natural": "股东都是自然人",
    "forms_money": "都以货币出资",
    "capital": "注册资本（万元）",
    "licensed_items": "须经批准的经营项目（项）",
    "right": "住所取得方式",
    "documents_missing": "缺少的材料（种）",
    "revoked_under": "法定代表人名下被吊销的企业（家）",
}


def facts(case: Case) -> dict[str, Wanted]:
    data = case.data
    holders = data["shareholders"]["rows"]
    naming = terms.naming(data, reserved=data.get("reservations", ()))
    return {
        "name_blocking": len(register.conflicts(data["name"]["name"], naming).blocking),
        "name_warnings": len(data["name"].get("warnings", ())),
        "holders_natural": all(each["kind"] == "natural" for each in holders),
        "forms_money": all(each["form"] == "货币" for each in holders),
        "capital": data["shareholders"]["capital"],
        "licensed_items": sum(i.head == "许可项目" for i in scopeitems.split(data["scope"]["scope"]).items),
        "right": RIGHTS[data["domicile"]["right"]],
        "documents_missing": _missing(case),
        "revoked_under": _revoked(case),
    }


def _missing(case: Case) -> int:
    """Papers that this application must bring and doesn't; what was written from a model isn't asked for."""
    page: Any = forms.topics(case.procedure_code)["documents"]
    asked = page(case.data, actor=actors.system("自动审核")).required()
    there = case.data["documents"]
    return sum(not each.condition and not there.get(each.code) for each in asked)


def _revoked(case: Case) -> int:
    head = next(m for m in case.data["members"] if m["role"] == "legal_representative")
    return register.revoked_under(UUID(head["person"]))
