"""The pages that founding adds to the shared ones, and each page as a kind of entity needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.registration import kinds, writing
from hongdun.registration.establishment import queries
from hongdun.registration.establishment.forms import naming, parent
from hongdun.registration.forms import Topic
from hongdun.registration.naming import told
from hongdun.registration.topics import board, pages, terms
from hongdun.registration.topics.writings import Writings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hongdun.law.models import RequiredDocument
    from hongdun.registration.kinds import Holders, Kind


class Name(Topic):
    code, label = "name", "名称和类型"
    aside = "registration/name_check.html"
    kind: Kind

    def build(self) -> None:
        applicant = self.actor.person
        self.form = naming.Name(
            self.posted, initial=self.saved, of=self.kind, draft=self.data, applicant=applicant
        )

    def save(self) -> Any:
        assert isinstance(self.form, naming.Name)
        return self.form.cleaned_data | {"warnings": told(self.form.found)}


class Parent(Topic):
    code, label = "parent", "隶属企业"
    kind: Kind

    def build(self) -> None:
        form = parent.ForeignParent if self.kind.parent == "foreign" else parent.Parent
        self.form = form(self.posted, initial=self.saved)

    def save(self) -> Any:
        assert self.form is not None
        data = self.form.cleaned_data
        return data | {"funds": pages.plain(data["funds"])} if "funds" in data else data


class Shareholders(pages.Shareholders):
    kind: Kind

    @property
    def of(self) -> Holders:
        """Until the type is chosen, those of the kind."""
        chosen = self.data.get("name", {}).get("type", "")
        return super().of if chosen else self.kind.holders or kinds.SHAREHOLDERS


class Members(pages.Members):
    kind: Kind

    def first(self) -> list[dict[str, str]]:
        if not self.kind.board:
            return super().first()
        return [
            {"role": role} for role in ("legal_representative", "executive_director", "supervisor", "liaison")
        ]

    def problems(self, by_role: Mapping[str, list[str]]) -> list[str]:
        own = [*super().problems(by_role), *self._delegates(by_role), *self._council(by_role)]
        if not self.kind.board:
            return own
        chosen = self.data.get("name", {}).get("type", "")
        form = "stock" if kinds.holders_of(chosen).pays == "before" else self.kind.board
        return [*board.problems(by_role, board=form, entity_type=chosen), *own]

    def _delegates(self, by_role: Mapping[str, list[str]]) -> Iterator[str]:
        """合伙企业法 art. 26: a firm that runs the business does so through a delegate."""
        if not any(role.code == "delegate" for role in self.kind.roles):
            return
        firms = [row["name"] for row in terms.managing(self.data) if row["kind"] == "organisation"]
        if len(by_role.get("delegate", ())) != len(firms):
            yield (
                f"执行事务合伙人是单位的，各填一名委派代表（合伙企业法第二十六条第三款）：应填 {len(firms)} 名"
                + (f"，依次代表{'、'.join(firms)}。" if firms else "，没有这样的合伙人就不填。")
            )

    def _council(self, by_role: Mapping[str, list[str]]) -> Iterator[str]:
        """农民专业合作社法 art. 33: who leads or keeps the money doesn't supervise."""
        if self.kind.applies_to != "cooperative":
            return
        leading = {
            n
            for role in ("legal_representative", "council", "manager", "finance")
            for n in by_role.get(role, ())
        }
        watching = {n for role in ("executive_supervisor", "supervisor") for n in by_role.get(role, ())}
        if leading & watching:
            both = "、".join(sorted(leading & watching))
            yield f"理事长、理事、经理和财务会计人员不得兼任监事（农民专业合作社法第三十三条第二款）：{both}。"


class Documents(pages.Documents):
    """What was written from a model needs no file; where the law asks for identity papers too, these are left."""

    kind: Kind

    def required(self) -> Sequence[RequiredDocument]:
        whole = {paper.code for paper in self._written() if paper.whole}
        return [each for each in super().required() if each.code not in whole]

    def hint(self, each: RequiredDocument, there: Sequence[Mapping[str, str]]) -> str:
        shown = super().hint(each, there)
        partly = {paper.code for paper in self._written() if not paper.whole}
        return f"任职文件、委托书已按范本写成，这里上传其余部分。{shown}" if each.code in partly else shown

    def _written(self) -> list[writing.Paper]:
        papers = self.data.get("papers") or {}
        return [p for p in writing.papers(self.kind, self.data) if papers.get(p.code, {}).get("text")]


PAGES: dict[str, type[Topic]] = {
    page.code: page
    for page in (
        Parent, Name, pages.Domicile, pages.Station, pages.Scope, Shareholders, Members, Writings, Documents,
    )
}  # fmt: skip


LEADS = {
    "company": "法定代表人还要列为董事或者经理；一个人担任几个职务的，每个职务填一行。",
    "partnership": "执行事务合伙人是单位的，按合伙人的次序各填一名委派代表；再填一名登记联络员。",
    "sole": "填写一名登记联络员，可以是投资人自己。",
}


def of(kind: Kind, code: str, label: str) -> type[Topic]:
    """The page as this kind needs it."""
    own: dict[str, Any] = {"label": label, "kind": kind, "__module__": __name__}
    if code == "members":
        own |= {"roles": kind.roles, "foreign": kind.foreign or kind.parent == "foreign"}
        own |= {"lead": LEADS[kind.applies_to]} if kind.applies_to in LEADS else {}
    if code == "papers":
        own |= {"labels": queries.topics(kind)}
    if code == "documents":
        own |= {
            "filing": kind.papers, "applies_to": kind.applies_to, "demanded": kind.demanded,
            "left_out": pages.Documents.left_out | kind.left_out,
        }  # fmt: skip
    return type(f"{PAGES[code].__name__}Of_{kind.code}", (PAGES[code],), own)
