"""One whole state of an entity's registered particulars, what of it is public, and what differs between two.

登记管理条例 art. 8–9 name the items; 企业信息公示暂行条例 art. 6 makes them public, persons' numbers apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.lib import entitytypes
from hongdun.lib.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = dict[str, Any]

STATUSES: dict[str, str] = {
    "active": "存续",
    "suspended": "歇业",
    "revoked": "吊销，未注销",
    "cancelled": "注销",
    "annulled": "撤销",
    "moved_out": "迁出",
}
ENDED = frozenset({"cancelled", "annulled"})

ROLES: dict[str, str] = {
    "legal_representative": "法定代表人",
    "person_in_charge": "负责人",
    "operator": "经营者",
    "managing_partner": "执行事务合伙人",
    "investor": "投资人",
    "delegate": "委派代表",
    "chair": "董事长",
    "director": "董事",
    "executive_director": "执行董事",
    "supervisor_chair": "监事会主席",
    "supervisor": "监事",
    "council": "理事",
    "executive_supervisor": "执行监事",
    "manager": "经理",
    "finance": "财务负责人",
    "liquidator": "清算组成员",
    "liaison": "登记联络员",
    "beneficial_owner": "受益所有人",
    "document_recipient": "法律文件送达接受人",
    "family_member": "参加经营的家庭成员",
}
# Filed for the authority's own use (登记管理条例 art. 9; 受益所有人信息管理办法 art. 10), never shown.
SECRET_ROLES = frozenset({"finance", "liaison", "beneficial_owner", "document_recipient", "family_member"})
# How a partner is liable (合伙企业法 art. 2), what a cooperative's member is (农民专业合作社法 art. 19–20), from whose
# property a sole proprietor contributes (个人独资企业法 art. 18).
STANDINGS: dict[str, str] = {
    "general": "普通合伙人",
    "limited": "有限合伙人",
    "farmer": "农民成员",
    "citizen": "非农民成员",
    "unit": "单位成员",
    "own": "个人财产",
    "family": "家庭共有财产",
}
PUBLIC_ROLES = {role: label for role, label in ROLES.items() if role not in SECRET_ROLES}


@dataclass(frozen=True, slots=True)
class Domicile:
    text: str
    division: str = ""  # six digits


@dataclass(frozen=True, slots=True)
class Scope:
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """A natural person in a role; `person` is the id in `parties`, never a number of a document."""

    name: str
    role: str
    person: UUID | None = None
    appointed: str = ""  # 选举、委派、聘任

    @property
    def is_public(self) -> bool:
        return self.role not in SECRET_ROLES


@dataclass(frozen=True, slots=True)
class Share:
    """What one shareholder has subscribed; `person` or `entity` when the holder is known to the platform.

    `standing`: of STANDINGS, where the law tells holders apart. `country`: whence a foreign investor comes.
    """

    holder: str
    subscribed: Money
    deadline: date | None = None
    form: str = "货币"
    person: UUID | None = None
    entity: UUID | None = None
    standing: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Parent:
    """The enterprise that a branch belongs to; a foreign one has a `country` and no unified code."""

    uscc: str
    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Particulars:
    name: str
    kind: entitytypes.Kind
    type: str  # code of hongdun.lib.entitytypes
    status: str = "active"
    representative: str = ""
    capital: Money | None = None
    established: date | None = None
    term_until: date | None = None  # None: for an indefinite time
    domicile: Domicile = Domicile("")
    scope: Scope = Scope("")
    industry: str = ""  # class of GB/T 4754
    people: tuple[PersonEntry, ...] = ()
    shares: tuple[Share, ...] = ()
    parent: Parent | None = None
    group: str = ""  # 企业集团名称, borne by the controlling enterprise (企业名称登记管理规定 art. 14)
    composition: str = ""  # 个人经营 or 家庭经营; of individual businesses only (细则 art. 6 item 7)

    @property
    def shown_name(self) -> str:
        """An individual business may do without a name (细则 art. 6 item 7); its operator's stands for it then."""
        return self.name or f"{entitytypes.KINDS[self.kind]}{self.representative}"

    @property
    def entity_type(self) -> entitytypes.EntityType:
        return entitytypes.get(self.type)

    @property
    def ended(self) -> bool:
        return self.status in ENDED

    def public(self) -> Json:
        """What anyone may read: no person ids, no roles that are filed for the authority alone."""
        shown = [_person_json(each) for each in self.people if each.is_public]
        return self._json(shown, [_share_json(each) for each in self.shares])

    def private(self) -> Json:
        """What `public` leaves out: ids by place in its lists, and the people it does not name at all."""
        shown = [each for each in self.people if each.is_public]
        hidden = [each for each in self.people if not each.is_public]
        body: Json = {}
        if any(each.person for each in shown):
            body["people"] = [_text(each.person) for each in shown]
        if any(each.person for each in self.shares):
            body["shares"] = [_text(each.person) for each in self.shares]
        if hidden:
            body["hidden"] = [_with_person(each, _person_json(each)) for each in hidden]
        return body

    def to_json(self) -> Json:
        """Everything, for cases and the archive; keys in the order of the fields."""
        people = [_with_person(each, _person_json(each)) for each in self.people]
        return self._json(people, [_with_person(each, _share_json(each)) for each in self.shares])

    def _json(self, people: list[Json], shares: list[Json]) -> Json:
        """Written out by hand: `dataclasses.asdict` takes longer than the rest of an import."""
        body = {
            "name": self.name,
            "kind": self.kind,
            "type": self.type,
            "status": self.status,
            "representative": self.representative,
            "capital": _money_json(self.capital) if self.capital else None,
            "established": _text(self.established),
            "term_until": _text(self.term_until),
            "domicile": {"text": self.domicile.text, "division": self.domicile.division},
            "scope": {"text": self.scope.text, "items": list(self.scope.items)},
            "industry": self.industry,
            "people": people,
            "shares": shares,
            "parent": _parent_json(self.parent) if self.parent else None,
        }
        rare = {"group": self.group, "composition": self.composition}
        return body | {name: value for name, value in rare.items() if value}


def _text(value: UUID | date | None) -> str | None:
    return None if value is None else str(value)


def _money_json(money: Money) -> Json:
    return {"amount": str(money.amount), "currency": money.currency}


def _person_json(entry: PersonEntry) -> Json:
    return {"name": entry.name, "role": entry.role, "appointed": entry.appointed}


def _parent_json(parent: Parent) -> Json:
    body = {"uscc": parent.uscc, "name": parent.name}
    return body | {"country": parent.country} if parent.country else body


def _share_json(share: Share) -> Json:
    """Few shares have a standing or a country: the others are written as they always were."""
    rare = {"standing": share.standing, "country": share.country}
    return {
        "holder": share.holder,
        "subscribed": _money_json(share.subscribed),
        "deadline": _text(share.deadline),
        "form": share.form,
        "entity": _text(share.entity),
        **{name: value for name, value in rare.items() if value},
    }


def _with_person(entry: PersonEntry | Share, body: Json) -> Json:
    return body | {"person": _text(entry.person)}


def from_json(body: Mapping[str, Any], private: Mapping[str, Any] | None = None) -> Particulars:
    """The state that `to_json` wrote, or `public` (with `private`, persons and hidden roles come back)."""
    hidden = private or {}
    people = [_person(each) for each in _joined(body.get("people"), hidden.get("people"))]
    people += [_person(each) for each in hidden.get("hidden", ())]
    parent = body.get("parent")
    return Particulars(
        name=body["name"],
        kind=body["kind"],
        type=body["type"],
        status=body.get("status", "active"),
        representative=body.get("representative", ""),
        capital=_money(body.get("capital")),
        established=_date(body.get("established")),
        term_until=_date(body.get("term_until")),
        domicile=Domicile(**body.get("domicile") or {"text": ""}),
        scope=_scope(body.get("scope")),
        industry=body.get("industry", ""),
        people=tuple(people),
        shares=tuple(_share(each) for each in _joined(body.get("shares"), hidden.get("shares"))),
        parent=Parent(**parent) if parent else None,
        group=body.get("group", ""),
        composition=body.get("composition", ""),
    )


def _joined(entries: list[Json] | None, persons: list[str | None] | None) -> list[Json]:
    entries = entries or []
    if not persons:
        return entries
    return [{**entry, "person": person} for entry, person in zip(entries, persons, strict=True)]


def _money(body: Json | None) -> Money | None:
    return Money(Decimal(body["amount"]), body["currency"]) if body else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _scope(body: Json | None) -> Scope:
    return Scope(body["text"], tuple(body.get("items", ()))) if body else Scope("")


def _person(body: Json) -> PersonEntry:
    return PersonEntry(body["name"], body["role"], _uuid(body.get("person")), body.get("appointed", ""))


def _share(body: Json) -> Share:
    subscribed = Money(Decimal(body["subscribed"]["amount"]), body["subscribed"]["currency"])
    return Share(
        body["holder"],
        subscribed,
        _date(body.get("deadline")),
        body.get("form", "货币"),
        _uuid(body.get("person")),
        _uuid(body.get("entity")),
        body.get("standing", ""),
        body.get("country", ""),
    )
