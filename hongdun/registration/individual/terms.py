"""What an application about an individual business says, in the register's own terms and in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.base import clock
from hongdun.lib.particulars import Particulars, PersonEntry
from hongdun.org import queries as org
from hongdun.registration import scopes
from hongdun.registration.topics import terms, words
from hongdun.registration.topics.words import documents as document_words
from hongdun.registration.wording import BY_RULES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import date

    from hongdun.register.queries import Naming

    Json = Mapping[str, Any]

TYPE = "9500"
COMPOSITIONS = {"personal": "个人经营", "family": "家庭经营"}
PLAIN = BY_RULES | {
    ("decide", "register"): "准予登记",
    ("decide", "return"): "材料需要补正，已一次性告知",
    ("decide", "refuse"): "不予登记，理由和救济途径见通知书",
    ("supplement", "resubmit"): "您补正后重新提交了申请",
    ("archive", "archive"): "已归档",
    ("objections", "none"): "有关部门在 10 日内没有提出异议，准予注销",
    ("objections", "objected"): "有关部门提出异议，不适用简易程序，理由见通知书",
}


def composed(chosen: Collection[str], more: str) -> str:
    """A scope of chosen phrases and what was typed besides; licensed items stand apart, with the remark (细则 art. 13)."""
    today = clock.today()
    ticked = [each.text for each in scopes.of_shops(on=today) if each.text in chosen]
    typed = [each for each in (part.strip() for part in more.replace(";", "；").split("；")) if each]
    return scopes.written([*ticked, *typed], on=today)


def particulars(data: Json, *, established: date | None = None) -> Particulars:
    operator = data["operator"]
    return Particulars(
        name=data["name"]["name"], kind="individual", type=TYPE, representative=operator["name"],
        established=established, domicile=terms.domicile(data["domicile"]), scope=terms.scope(data["scope"]),
        people=people(operator), composition=COMPOSITIONS[operator["composition"]],
    )  # fmt: skip


def people(operator: Json) -> tuple[PersonEntry, ...]:
    """The operator and the members of the family who take part (条例 art. 8, 9)."""
    family = operator["family"] if operator["composition"] == "family" else ()
    named = [("operator", operator), *(("family_member", each) for each in family)]
    return tuple(entry(each, role) for role, each in named)


def entry(person: Json, role: str) -> PersonEntry:
    return PersonEntry(person["name"], role, UUID(person["person"]))


def naming(data: Json, *, reserved: Collection[UUID | str]) -> Naming:
    return replace(terms.naming(data, reserved=reserved), kind="individual")


def involved(data: Json, *, applicant: UUID | None) -> Iterator[tuple[UUID, str]]:
    found = {(applicant, "applicant")} if applicant else set()
    operator = data["operator"]
    found |= {(UUID(operator["person"]), "legal_representative")}
    found |= {(UUID(each["person"]), "member") for each in operator["family"]}
    yield from sorted(found, key=str)


def shown_name(data: Json) -> str:
    return str(data["name"]["name"] or f"个体工商户{data['operator']['name']}")


def answers(topic: str, data: Json) -> list[tuple[str, str]]:
    """One topic's answers as label and words; empty when it isn't filled in."""
    return [] if data.get(topic) is None else list(_ANSWERS[topic](data[topic]))


def _operator(value: Json) -> list[tuple[str, str]]:
    rows = [
        ("经营者", f"{value['name']}（{value['masked']}）"),
        ("组成形式", COMPOSITIONS[value["composition"]]),
    ]
    return rows + [("参加经营的家庭成员", f"{m['name']}（{m['masked']}）") for m in value["family"]]


def _county(value: Json) -> list[tuple[str, str]]:
    return [("登记机关", org.organ(value["organ"]).name)]


def _domicile(value: Json) -> list[tuple[str, str]]:
    return [
        ("登记机关", org.organ(value["organ"]).name),
        ("承办", org.organ(value["station"]).name),
        ("经营场所", value["address"]),
    ]


def _name(value: Json) -> list[tuple[str, str]]:
    return [("名称", value["name"] or "不使用名称"), *words.links(value)]


def _scope(value: Json) -> list[tuple[str, str]]:
    return [("经营范围", value["scope"])]


def _documents(value: Json) -> list[tuple[str, str]]:
    return document_words(value, {})


_ANSWERS = {
    "operator": _operator,
    "county": _county,
    "domicile": _domicile,
    "scope": _scope,
    "name": _name,
    "documents": _documents,
}
