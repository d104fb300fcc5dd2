"""Registered entities of the kinds that aren't companies, as an establishment would have entered them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.lib import entitytypes
from hongdun.lib.particulars import Domicile, Parent, Particulars, PersonEntry, Scope, Share
from hongdun.parties import actions as parties
from hongdun.register import actions as register
from hongdun.registration.topics.terms import wan
from tests.registration import changes as build

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.register.models import Entity

ADDRESS = "南宁市青秀区金湖路 2 号"
PARTNERSHIP, SOLE, COOPERATIVE, BRANCH, SHOP = "4531", "4540", "9100", "2100", "9500"
NAMES = {
    PARTNERSHIP: "南宁鑫河企业管理合伙企业（普通合伙）",
    SOLE: "南宁鑫田设计咨询中心（个人独资）",
    COOPERATIVE: "南宁市鑫禾水稻种植专业合作社",
    BRANCH: f"{build.NAME}南宁分公司",
    SHOP: "青秀区鑫鑫小吃店",
}
HOLDERS = {
    PARTNERSHIP: (("黄志强", "30", "general"), ("韦丽华", "20", "general")),
    SOLE: (("黄志强", "10", "own"),),
    COOPERATIVE: tuple((name, "10", "farmer") for name in ("黄志强", "韦一", "韦二", "韦三", "韦四")),
}
HEADS = {
    PARTNERSHIP: "managing_partner",
    SOLE: "investor",
    COOPERATIVE: "legal_representative",
    BRANCH: "person_in_charge",
}


def registered(code: str, *, parent: Entity | None = None, composition: str = "") -> Entity:
    """In the county of Qingxiu, with 黄志强 at its head."""
    with system_scope("测试") as actor:
        head = _person(build.HEAD["name"], build.HEAD["id_number"])
        rows = HOLDERS.get(code, ())
        shares = tuple(
            Share(
                name, wan(amount), person=head if name == "黄志强" else _person(name, ""), standing=standing
            )
            for name, amount, standing in rows
        )
        state = Particulars(
            name=NAMES[code], kind=entitytypes.get(code).kind, type=code, representative="黄志强",
            capital=wan(str(sum(int(row[1]) for row in rows))) if rows else None, domicile=Domicile(ADDRESS, "450103"),
            scope=Scope("信息咨询服务", ("信息咨询服务",)), shares=shares,
            people=(PersonEntry("黄志强", HEADS.get(code, "operator"), head),),
            parent=Parent(parent.uscc, parent.name) if parent else None, composition=composition,
        )  # fmt: skip
        return register.establish(
            particulars=state, organ=build.QINGXIU, on=clock.today(), case_id=None, actor=actor
        )


def _person(name: str, number: str) -> UUID:
    return parties.remember_person(name=name, id_number=number).id


def filed(
    entity: Entity, filing: str, *items: str, papers: tuple[str, ...] = (), **pages: dict[str, Any]
) -> Any:
    """Filled in by an agent, signed by who has to, and sent."""
    client = build.agent()
    draft = build.begun(client, entity, filing)
    build.fill(client, draft, "items", build.chosen(*items))
    signs = pages.get("representative", build.HEAD)
    signer = {"signer": build.HEAD} if signs is build.HEAD else {}
    for page, typed in (pages | signer).items():
        build.fill(client, draft, page, typed)
    build.fill(client, draft, "documents", build.files(*papers))
    [signature] = build.ask(draft)
    build.sign(signature, signs)
    return build.send(client, draft)


def people(*rows: tuple[str, ...]) -> dict[str, Any]:
    """(role, name, number where one is typed)."""
    data: dict[str, Any] = {"member-TOTAL_FORMS": len(rows), "member-INITIAL_FORMS": len(rows)}
    for n, (role, name, *typed) in enumerate(rows):
        data |= {f"member-{n}-role": role, f"member-{n}-name": name}
        data |= {f"member-{n}-id_number": typed[0]} if typed else {}
    return data


def holders(*rows: dict[str, Any], capital: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "capital": capital,
        "holder-TOTAL_FORMS": len(rows),
        "holder-INITIAL_FORMS": len(rows),
    }
    for n, row in enumerate(rows):
        whole = {"kind": "natural", "form": "货币", **row}
        data |= {f"holder-{n}-{key}": value for key, value in whole.items()}
    return data
