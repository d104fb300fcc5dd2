"""What an establishment application says, in the register's own terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.lib.particulars import Particulars
from hongdun.registration.topics import terms
from hongdun.registration.topics.words import answers
from hongdun.registration.wording import PLAIN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hongdun.cases.models import Case

    Json = Mapping[str, Any]

__all__ = ["PLAIN", "TOPICS", "answers", "facts", "particulars", "stored"]

TOPICS = {
    "name": "公司名称和类型",
    "domicile": "登记机关和住所",
    "station": "住所所在的乡镇、街道",
    "scope": "经营范围和期限",
    "shareholders": "注册资本和股东出资",
    "members": "法定代表人和主要人员",
    "documents": "上传材料",
}


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    """The part of a draft that the case keeps: every topic, and who applies."""
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def representative(data: Json) -> str:
    return next(str(m["name"]) for m in data["members"] if m["role"] == "legal_representative")


def particulars(data: Json, *, established: date) -> Particulars:
    """The whole state to register; `established` is the day of the licence (条例 art. 21)."""
    return Particulars(
        name=data["name"]["name"],
        kind="enterprise",
        type=data["name"]["type"],
        representative=representative(data),
        capital=terms.wan(data["shareholders"]["capital"]),
        established=established,
        term_until=terms.until(established, data["scope"]),
        domicile=terms.domicile(data["domicile"]),
        scope=terms.scope(data["scope"]),
        people=terms.people(data["members"]),
        shares=terms.shares(data["shareholders"]["rows"]),
    )


def facts(case: Case) -> dict[str, Any]:
    """What the officer judges: every topic with its answers."""
    return {"answers": [(code, label, answers(code, case.data)) for code, label in TOPICS.items()]}
