"""The name and the type of what is founded: the form that the law asks for, the parent of a branch, the group."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.lib.entitytypes import TYPES
from hongdun.registration import naming
from hongdun.registration.establishment import nameforms
from hongdun.registration.queries import reservations
from hongdun.registration.topics import terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.base.forms import Look
    from hongdun.register.queries import Finding, Naming
    from hongdun.registration.kinds import Kind


class Name(naming.NameFields):
    """`draft` is the whole application: its authority and shareholders tell with whom the name may be alike."""

    type = forms.ChoiceField(label="类型", widget=forms.RadioSelect)
    provincial = forms.BooleanField(
        label="由省级以上国资监管机构履行出资人职责，或者由其出资的公司持股 50% 以上",
        required=False,
        help_text="勾选的由自治区登记机关登记（市场主体登记管理条例实施细则第四条第一款）",
    )
    group = naming.group_field()
    field_order = (
        "name", "type", "trade", "industry", "provincial", "group", "link", "link_code", "undertaking",
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = naming.NameFields.looks

    def __init__(
        self, *args: Any, of: Kind, draft: Mapping[str, Any], applicant: UUID | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of, self.draft, self.reserved = of, draft, reservations(applicant)
        self.fields["name"].label = f"{of.label}名称"
        choice = self.fields["type"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(code, TYPES[code].label) for code in self._types()]
        if len(choice.choices) == 1:
            choice.initial = choice.choices[0][0]
        for name in ("provincial",) if of.group else ("provincial", "group"):
            if not of.group or of.foreign:
                del self.fields[name]
        if of.parent:
            for name in ("link", "link_code"):
                del self.fields[name]

    def _types(self) -> tuple[str, ...]:
        """A branch has the type that its parent gives it, where the register knows the parent."""
        known = nameforms.branch_type(str(self.draft.get("parent", {}).get("type", "")))
        return (known,) if known else self.of.types

    def naming(self, data: Mapping[str, Any]) -> Naming:
        return terms.naming({**self.draft, "name": data}, reserved=self.reserved)

    def excuses(self, finding: Finding) -> bool:
        """A foreign company's branch must name the country that others may not (企业名称登记管理规定 art. 13)."""
        country = (self.draft.get("parent") or {}).get("country", "")
        return bool(country) and finding.rule == "foreign" and country in finding.explanation

    def clean(self) -> dict[str, Any]:
        name, chosen = self.cleaned_data.get("name"), self.cleaned_data.get("type")
        parent = self.draft.get("parent") or {}
        if name and chosen and (problem := nameforms.problem(name, chosen, parent=parent)):
            self.add_error("name", problem)
        data = super().clean()
        if "group" in self.fields and data.get("name") and not self.errors:
            self._check_group(data)
        return data
