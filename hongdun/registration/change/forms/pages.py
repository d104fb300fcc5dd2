"""The pages of a change, each prefilled from the register as it stands (条例 art. 16: nothing is asked twice)."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from hongdun.base import clock
from hongdun.lib import entitytypes
from hongdun.lib.money import Money
from hongdun.register import queries as register
from hongdun.registration import items, jurisdiction, kinds
from hongdun.registration.change import papers, rules, terms
from hongdun.registration.change.forms import fields
from hongdun.registration.forms import Topic
from hongdun.registration.naming import told
from hongdun.registration.topics import board, entity, pages
from hongdun.registration.topics import fields as shared

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.base.forms import GovFormSet
    from hongdun.law.models import RequiredDocument
    from hongdun.lib.particulars import Particulars, Share
    from hongdun.registration.kinds import Holders, Role


class Changing(Topic):
    """A page about an entity of the register; until that is known nothing can be asked."""

    procedure_code: ClassVar[str]

    @cached_property
    def entity(self) -> Any:
        return entity.of(self.data)

    @cached_property
    def state(self) -> Particulars:
        return register.latest(self.entity).particulars

    @property
    def chosen(self) -> Sequence[str]:
        return tuple((self.data.get("items") or {}).get("items", ()))

    @property
    def type_after(self) -> str:
        return str((self.data.get("type") or {}).get("type", "")) or self.entity.type

    def build(self) -> None:
        if "entity" in self.data:
            self.ask()
        else:
            self.form = entity.First(self.posted)

    def ask(self) -> None:
        raise NotImplementedError


class Whose(entity.Whose):
    """Whoever fills it in: the one who stands for the entity signs it (细则 art. 14, 33)."""

    def build(self) -> None:
        self.form = Which(
            self.posted, initial=self.saved, procedure_code=self.procedure_code, actor=self.actor
        )


class Which(entity.Which):
    def may_file(self, found: Any) -> bool:  # noqa: ARG002 - the one asked about
        return True


class Items(Changing):
    code, label = "items", "变更哪些事项"

    def ask(self) -> None:
        self.form = fields.Items(
            self.posted, initial=self.saved, entity=self.entity, filed_only=self.procedure_code == "recording",
            besides=str(self.data.get("mends", "")),
        )  # fmt: skip

    def save(self) -> Any:
        assert self.form is not None
        data = self.form.cleaned_data
        return {"items": data["items"], "resolved": data["resolved"].isoformat()}


class Name(Changing):
    code, label = "name", "新名称"
    aside = "registration/name_check.html"

    def ask(self) -> None:
        self.form = fields.Name(
            self.posted, initial=self.saved or {"name": self.entity.name}, entity=self.entity, state=self.state,
            applicant=self.actor.person,
        )  # fmt: skip

    def save(self) -> Any:
        assert isinstance(self.form, fields.Name)
        return self.form.cleaned_data | {"warnings": told(self.form.found)}


class Type(Changing):
    code, label = "type", "新类型"
    lead = "变更类型应当符合新类型的设立条件（市场主体登记管理条例实施细则第三十七条）。"

    def ask(self) -> None:
        self.form = fields.Type(
            self.posted, initial=self.saved, entity=self.entity, choices=types_like(self.entity.type)
        )


def types_like(code: str) -> tuple[str, ...]:
    """Types into which such an entity may be changed: a company into companies, a partnership into partnerships."""
    kind = entitytypes.get(code)
    if kind.partnership:
        return (kinds.FOREIGN_PARTNERSHIP if kind.foreign else kinds.PARTNERSHIP).types
    return kinds.FOREIGN.types if kind.foreign else (*kinds.COMPANY.types, *kinds.STOCK.types)


class Domicile(Changing):
    code, label = "domicile", "新住所"
    lead = "搬到别的登记机关辖区的，选迁入地的登记机关：由它办理，档案由它调取（市场主体登记管理条例第二十七条）。"

    def ask(self) -> None:
        saved = self.saved or {"organ": self.entity.organ, "address": self.entity.address}
        self.form = shared.Domicile(self.posted, initial=saved, draft={"name": {"type": self._type()}})

    def _type(self) -> str:
        """Empty where no rule says who registers such an old type: then it stays with a county bureau."""
        try:
            jurisdiction.rule(self.type_after, on=clock.today())
        except jurisdiction.NoAuthority:
            return ""
        return self.type_after

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        assert self.form is not None
        data = self.form.cleaned_data
        if (data["organ"], data["address"]) == (self.entity.organ, self.entity.address):
            self.form.add_error("address", "住所没有改动。不改的，请回到“变更事项”取消勾选。")
        return not self.form.errors


POSITIONS = (
    ("already", "已经是登记在册的董事或者经理"), ("executive_director", "董事（不设董事会）"), ("director", "董事"),
    ("manager", "经理"),
)  # fmt: skip


class Representative(Changing):
    code, label = "representative", "新任法定代表人（负责人）"
    lead = "变更申请书由新任的签署，原来的签署无效（市场主体登记管理条例实施细则第三十三条）。"

    def ask(self) -> None:
        company = self.state.entity_type.licence == items.COMPANY
        self.form = fields.Person(self.posted, initial=self.saved, positions=POSITIONS if company else ())
        self.form.fields["name"].label = f"新任{self.state.entity_type.representative_label}姓名"

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        assert self.form is not None
        data = self.form.cleaned_data
        if data["name"] == self.entity.representative:
            self.form.add_error("name", "与现任的是同一人。不更换的，请回到“变更事项”取消勾选。")
        on_board = {p.name for p in self.state.people if p.role in {"director", "chair", "manager"}}
        on_board |= {row["name"] for row in self.data.get("officers") or ()}
        if data.get("position") == "already" and data["name"] not in on_board:
            self.form.add_error(
                "position",
                "登记簿里没有这位董事或者经理；法定代表人由董事或者经理担任（公司法第十条），请选择职务。",
            )
        return not self.form.errors

    def save(self) -> Any:
        assert self.form is not None
        return pages.remembered_one(self.form.cleaned_data)


class Signer(Changing):
    """Who stands for the entity today signs whatever doesn't replace that person."""

    code, label = "signer", "谁签署申请"

    def ask(self) -> None:
        self.lead = f"由{self.state.entity_type.representative_label}“{self.entity.representative}”签署，签署链接发到本人手机。"
        self.form = fields.Person(self.posted, initial=self.saved or {"name": self.entity.representative})

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        assert self.form is not None
        if self.form.cleaned_data["name"] not in self.entity.representative:
            self.form.add_error(
                "name",
                f"登记簿上的{self.state.entity_type.representative_label}是“{self.entity.representative}”，由他（她）签署；"
                "已经换人的，请先在“变更事项”勾选。",
            )
        return not self.form.errors

    def save(self) -> Any:
        assert self.form is not None
        return pages.remembered_one(self.form.cleaned_data)


class Shareholders(Changing):
    code, label = "shareholders", "出资人和出资"
    lead = "已按登记簿填好，只改变化的行；新增的人填写证件号码。"

    @property
    def of(self) -> Holders:
        return kinds.holders_of(self.type_after)

    @cached_property
    def known(self) -> Mapping[str, Share]:
        return {share.holder: share for share in self.state.shares}

    def ask(self) -> None:
        before = self.state.capital
        capital = (before.amount / terms.WAN).normalize() if before else None
        saved = self.saved or {"capital": capital, "rows": terms.rows_of(self.state)}
        blank = {"kind": self.of.who[0], "form": "货币"}
        self.form = shared.Capital(self.posted, initial=saved, of=self.of)
        self.formset = fields.HolderRows(
            self.posted, prefix="holder", initial=saved["rows"] or [blank],
            form_kwargs={"of": self.of, "known": self.known},
        )  # fmt: skip
        self.formset.noun = self.of.noun

    def is_valid(self) -> bool:
        if not super().is_valid() or self.formset is None:
            return False
        assert self.form is not None
        rows, capital = self.formset.cleaned_data, self.form.cleaned_data["capital"]
        for problem in self._problems(rows, capital):
            self.form.add_error("capital", problem)
        return not self.form.errors

    def _problems(self, rows: Sequence[Mapping[str, Any]], capital: Decimal) -> list[str]:
        """What may be touched follows from the items chosen; less capital needs its notice (细则 art. 36)."""
        total = sum((row["amount"] for row in rows), Decimal(0))
        found = [] if total == capital else [
            f"{self.of.noun}{self.of.verb}额合计 {total:f} 万元，与{self.of.total} {capital:f} 万元不一致，请改为相等。"
        ]  # fmt: skip
        before = self.state.capital
        if before and capital != before.amount / terms.WAN and not {"capital", "members"} & set(self.chosen):
            found.append(
                f"没有勾选变更{self.of.total}，请改回 {before.amount / terms.WAN:f} 万元，或者回到“变更事项”勾选。"
            )
        if (
            {row["name"] for row in rows} != set(self.known)
            and not {"shareholders", "members"} & set(self.chosen)
            and self.known
        ):
            found.append(
                f"没有勾选变更{self.of.noun}，{self.of.noun}应当仍是{'、'.join(self.known)}；要换的请回到“变更事项”勾选。"
            )
        wanted = Money(capital * terms.WAN, before.currency if before else "CNY")
        if problem := rules.decrease_problem(self.entity, wanted, on=clock.today()):
            found.append(problem)
        return found

    def save(self) -> Any:
        assert self.form is not None
        assert self.formset is not None
        return {
            "capital": pages.plain(self.form.cleaned_data["capital"]),
            "rows": kept(self.formset, self.known),
        }


class Scope(Changing):
    code, label = "scope", "新的经营范围"

    def ask(self) -> None:
        self.form = fields.Scope(
            self.posted, initial=self.saved or {"scope": self.entity.scope}, before=self.entity.scope
        )


class Term(Changing):
    code, label = "term", "经营期限"

    def ask(self) -> None:
        self.form = fields.Term(self.posted, initial=self.saved or {"term": "long"})


class Charter(Changing):
    code, label = "charter", "章程（合伙协议）"

    def ask(self) -> None:
        self.form = fields.Charter(self.posted, initial=self.saved)


class People(Changing):
    """Who holds these duties from now on; rows are the whole list, not only the new ones."""

    roles: ClassVar[Sequence[Role]]
    register_roles: ClassVar[Sequence[str]]

    def ask(self) -> None:
        known = terms.people_of(self.state, self.register_roles)
        first = known or [{"role": each.code} for each in self.roles if each.least] or [{}]
        self.formset = fields.MemberRows(
            self.posted, prefix="member", initial=self.saved or first,
            form_kwargs={"roles": self.roles, "known": self._names(), "foreign": self.state.entity_type.foreign},
        )  # fmt: skip
        self.formset.check = self.problems

    def _names(self) -> set[str]:
        stated = self.data.get("representative") or {}
        return {each.name for each in self.state.people if each.is_public} | (
            {stated["name"]} if stated else set()
        )

    def problems(self, by_role: Mapping[str, list[str]]) -> list[str]:
        return [found for role in self.roles if (found := people_problem(role, by_role))]

    def save(self) -> Any:
        assert self.formset is not None
        return kept(self.formset, self._names())


def people_problem(role: Role, by_role: Mapping[str, list[str]]) -> str:
    from hongdun.registration.topics.people import role_problem

    return role_problem(role, by_role)


class Officers(People):
    code, label = "officers", "董事、监事、高级管理人员"
    lead = "已按登记簿填好；填写变更后的全部人员，不再担任的删去。"
    roles = tuple(
        kinds.Role(role, label)
        for role, label in (
            ("executive_director", "董事（不设董事会）"), ("director", "董事"), ("supervisor", "监事"), ("manager", "经理"),
        )
    )  # fmt: skip
    register_roles = terms.BOARD_ROLES

    def problems(self, by_role: Mapping[str, list[str]]) -> list[str]:
        """Who stands for the company and who is its liaison isn't asked here; the board is judged with them."""
        stated = (self.data.get("representative") or {}).get("name") or self.entity.representative
        whole = {**by_role, "legal_representative": [stated], "liaison": ["—"]}
        form = "stock" if kinds.holders_of(self.type_after).pays == "before" else "limited"
        return board.problems(whole, board=form, entity_type=self.type_after)


class Liaison(People):
    code, label = "liaison", "登记联络员"
    roles, register_roles = (kinds.LIAISON,), ("liaison",)


class Recipient(People):
    code, label = "document_recipient", "法律文件送达接受人"
    roles, register_roles = (kinds.RECIPIENT,), ("document_recipient",)


class Owners(People):
    code, label = "beneficial_owner", "受益所有人"
    lead = "填写全部受益所有人；只供登记机关和主管部门使用，不公示。"
    roles = (kinds.Role("beneficial_owner", "受益所有人", 1, 50, "市场主体登记管理条例第九条第八项"),)
    register_roles = ("beneficial_owner",)


class Documents(pages.Documents):
    """Which papers are asked for follows from the items chosen and the type of entity."""

    procedure_code: ClassVar[str]

    def required(self) -> Sequence[RequiredDocument]:
        return papers.required(self.procedure_code, self.data, on=clock.today())

    def optional(self, paper: RequiredDocument) -> bool:
        return papers.is_optional(paper, self.data)


def kept(formset: GovFormSet, known: Any) -> list[dict[str, Any]]:
    """Rows to keep: whom the register knows stays that person, everybody else is remembered as stated here."""
    return [
        pages.without_number(row) if not row.get("id_number") and not row.get("person") and row["name"] in known
        else pages.remembered_one(row)
        for row in formset.cleaned_data
    ]  # fmt: skip


PAGES: dict[str, type[Topic]] = {
    page.code: page
    for page in (
        Whose, Items, Type, Name, Domicile, pages.Station, Representative, Officers, Shareholders, Scope, Term, Charter,
        Liaison, Recipient, Owners, Signer, Documents,
    )
}  # fmt: skip
