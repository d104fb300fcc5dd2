"""Declaring a name on line: one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import Look
from hongdun.lib.entitytypes import KINDS
from hongdun.org import queries as org
from hongdun.registration.forms import Topic
from hongdun.registration.name_reservation.queries import TOPICS as LABELS
from hongdun.registration.name_reservation.queries import naming
from hongdun.registration.naming import NameFields, told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.register.queries import Naming


class Wish(NameFields):
    organ = forms.TypedChoiceField(label="登记机关", coerce=int, help_text="将来办理登记的市场监督管理局")
    kind = forms.ChoiceField(
        label="主体类型", choices=list(KINDS.items()), widget=forms.RadioSelect, initial="enterprise"
    )
    approval = forms.BooleanField(
        label="经营范围中有登记前须经批准的项目",
        required=False,
        help_text="勾选的保留 1 年，否则保留 2 个月（企业名称登记管理规定第十八条）",
    )
    field_order = (
        "organ",
        "kind",
        "name",
        "trade",
        "industry",
        "approval",
        "link",
        "link_code",
        "undertaking",
    )
    looks: ClassVar[Mapping[str, Look]] = {**NameFields.looks, "kind": Look(inline=True)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organ"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [("", "请选择"), *org.county_choices()]

    def naming(self, data: Mapping[str, Any]) -> Naming:
        return naming({"name": data})


class Name(Topic):
    code, label = "name", LABELS["name"]
    aside = "registration/name_check.html"

    def build(self) -> None:
        self.form = Wish(self.posted, initial=self.saved)

    def save(self) -> Any:
        assert isinstance(self.form, Wish)
        return self.form.cleaned_data | {"warnings": told(self.form.found)}


TOPICS: Mapping[str, type[Topic]] = {"name": Name}
