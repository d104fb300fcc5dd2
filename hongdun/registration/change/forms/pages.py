"""The pages of a change, each prefilled from the register as it stands (条例 art. 16: nothing is asked twice)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from hongdun.base import clock
from hongdun.lib import entitytypes
from hongdun.registration import items, jurisdiction, kinds
from hongdun.registration.change import papers
from hongdun.registration.change.forms import fields, people
from hongdun.registration.change.forms.base import Changing
from hongdun.registration.naming import told
from hongdun.registration.topics import entity, pages
from hongdun.registration.topics import fields as shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.law.models import RequiredDocument
    from hongdun.registration.forms import Topic


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
            besides=str(self.data.get("mends", "")), on=items.day_of(self.data),
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
            entity_type=self.type_after, applicant=self.actor.person,
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

    @property
    def standing(self) -> str:
        """Who stands for the entity, as the register names them."""
        return str(self.entity.representative)

    def ask(self) -> None:
        self.lead = (
            f"由{self.state.entity_type.representative_label}“{self.standing}”签署，签署链接发到本人手机。"
        )
        self.form = fields.Person(self.posted, initial=self.saved or {"name": self.standing})

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        assert self.form is not None
        if self.form.cleaned_data["name"] not in self.standing:
            self.form.add_error(
                "name",
                f"登记簿上的{self.state.entity_type.representative_label}是“{self.standing}”，由他（她）签署；"
                "已经换人的，请先在“变更事项”勾选。",
            )
        return not self.form.errors

    def save(self) -> Any:
        assert self.form is not None
        return pages.remembered_one(self.form.cleaned_data)


class Scope(Changing, pages.Scope):
    label = "新的经营范围"

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


class Documents(pages.Documents):
    """Which papers are asked for follows from the items chosen and the type of entity."""

    procedure_code: ClassVar[str]

    def required(self) -> Sequence[RequiredDocument]:
        return papers.required(self.procedure_code, self.data, on=clock.today())

    def conditional(self, paper: RequiredDocument) -> bool:
        return papers.is_optional(paper, self.data) and paper.code not in self._approvals()


PAGES: dict[str, type[Topic]] = {
    page.code: page
    for page in (
        Whose, Items, Type, Name, Domicile, pages.Station, Representative, people.Officers, people.Shareholders, Scope,
        Term, Charter, people.Family, people.Liaison, people.Recipient, people.Owners, Signer, Documents,
    )
}  # fmt: skip
