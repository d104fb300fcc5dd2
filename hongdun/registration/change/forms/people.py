"""Who contributes and who serves: rows filled in from the register, numbers asked only of those it doesn't know."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from hongdun.base import clock
from hongdun.lib.money import Money
from hongdun.registration import kinds
from hongdun.registration.change import rules, terms
from hongdun.registration.change.forms import fields
from hongdun.registration.change.forms.base import Changing
from hongdun.registration.topics import board, pages
from hongdun.registration.topics import fields as shared
from hongdun.registration.topics.people import role_problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.base.forms import GovFormSet
    from hongdun.lib.particulars import Share
    from hongdun.registration.kinds import Holders, Role


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
        capital = pages.plain(before.amount / terms.WAN) if before else None
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
        return [found for role in self.roles if (found := role_problem(role, by_role))]

    def save(self) -> Any:
        assert self.formset is not None
        return kept(self.formset, self._names())


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


class Family(People):
    """Who runs it with the operator; that a family does at all is registered, not filed (细则 art. 6, 7)."""

    code, label = "family_member", "参加经营的家庭成员"
    lead = "填写现在参加经营的全部家庭成员，不含经营者本人；不公示。"
    roles = (kinds.Role("family_member", "家庭成员", 1, 50, "市场主体登记管理条例第九条第六项"),)
    register_roles = ("family_member",)

    def problems(self, by_role: Mapping[str, list[str]]) -> list[str]:
        found = super().problems(by_role)
        if self.state.composition == "个人经营":
            found.append(
                "登记的组成形式是个人经营；改为家庭经营的，请办理“个体工商户变更登记”（市场主体登记管理条例实施细则第六条第七项）。"
            )
        if self.entity.representative in by_role.get("family_member", ()):
            found.append(f"“{self.entity.representative}”是经营者，不用再填为家庭成员，请删去。")
        return found


class Recipient(People):
    code, label = "document_recipient", "法律文件送达接受人"
    roles, register_roles = (kinds.RECIPIENT,), ("document_recipient",)


class Owners(People):
    code, label = "beneficial_owner", "受益所有人"
    lead = "填写全部受益所有人；只供登记机关和主管部门使用，不公示。"
    roles = (kinds.Role("beneficial_owner", "受益所有人", 1, 50, "市场主体登记管理条例第九条第八项"),)
    register_roles = ("beneficial_owner",)


def kept(formset: GovFormSet, known: Any) -> list[dict[str, Any]]:
    """Rows to keep: whom the register knows stays that person, everybody else is remembered as stated here."""
    return [
        pages.without_number(row) if not row.get("id_number") and not row.get("person") and row["name"] in known
        else pages.remembered_one(row)
        for row in formset.cleaned_data
    ]  # fmt: skip
