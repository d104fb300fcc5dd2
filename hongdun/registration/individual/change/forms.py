"""Changing what is registered of a shop: one page that shows all of it; what isn't touched stays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import Look
from hongdun.lib import scopeitems, text
from hongdun.register import queries as register
from hongdun.registration.forms import Topic
from hongdun.registration.individual import fields
from hongdun.registration.individual.pages import RelativeRows
from hongdun.registration.naming import check_printable, told
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.pages import Documents as Papers
from hongdun.registration.topics.pages import remembered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.register.models import Entity
    from hongdun.register.queries import Naming


class Wanted(fields.Name):
    address = forms.CharField(label="经营场所", max_length=200)
    scope = forms.CharField(
        label="经营范围", max_length=1500, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一项一项写，用分号隔开；需要许可的写在“许可项目：”之后",
    )  # fmt: skip
    composition = forms.ChoiceField(
        label="谁来经营", required=False, widget=forms.RadioSelect, initial="",
        choices=[("", "没有变化"), ("personal", "改为一个人经营"), ("family", "家庭成员一起经营（请填写全部成员）")],
    )  # fmt: skip
    field_order = ("name", "undertaking", "address", "scope", "composition")
    looks: ClassVar[Mapping[str, Look]] = {
        "address": Look(autocomplete="off"),
        "name": Look(autocomplete="off"),
    }

    def __init__(self, *args: Any, entity: Entity, **kwargs: Any) -> None:
        super().__init__(*args, draft={"domicile": {"organ": entity.organ}}, **kwargs)
        self.entity = entity

    def naming(self, data: Mapping[str, Any]) -> Naming:
        return replace(super().naming(data), bearer=self.entity.pk)

    def stays(self, name: str) -> bool:
        return name == self.entity.name

    def clean_address(self) -> str:
        return check_printable(text.clean(str(self.cleaned_data["address"])))

    def clean_scope(self) -> str:
        scope = text.clean(str(self.cleaned_data["scope"])).strip()
        if not scopeitems.split(scope).items:
            raise forms.ValidationError("请至少写一项经营项目，例如：日用百货销售。")
        return check_printable(scope)


def as_registered(entity: Entity) -> dict[str, Any]:
    """What the page shows at first: the register's own words."""
    state = register.latest(entity).particulars
    return {"name": state.name, "address": state.domicile.text, "scope": state.scope.text, "composition": ""}


class Whose(whose.Whose):
    procedure_code = "individual_change"


class WantedPage(Topic):
    code, label = "wanted", "要改成什么"
    lead = "下面是现在登记的内容，改哪一项就改哪一项，其余不动。"
    aside = "registration/name_check.html"

    def build(self) -> None:
        if "entity" not in self.data:
            self.form, self.lead = whose.First(self.posted), whose.First.asked_first
            return
        entity = whose.of(self.data)
        saved = self.saved or {}
        self.form = Wanted(self.posted, initial=as_registered(entity) | saved, entity=entity)
        self.formset = RelativeRows(self.posted, prefix="relative", initial=saved.get("family"))

    def is_valid(self) -> bool:
        return super().is_valid() and members_given(self.form, self.formset)

    def save(self) -> Any:
        assert isinstance(self.form, Wanted)
        return value_of(self.form, self.formset)


def members_given(form: Any, formset: Any) -> bool:
    if form.cleaned_data["composition"] == "family" and not formset.forms:
        form.add_error("composition", "家庭成员一起经营的，请在下面增加全部家庭成员。")
        return False
    return True


def value_of(form: Wanted, formset: Any) -> dict[str, Any]:
    family = remembered(formset) if form.cleaned_data["composition"] == "family" else []
    return form.cleaned_data | {"family": family, "warnings": told(form.found)}


class Documents(Papers):
    filing = "change"
    applies_to = "individual"
    # The licence is handed in on paper when the new one is fetched (细则 art. 23).
    left_out = frozenset({"application", "licence_returned"})


TOPICS: Mapping[str, type[Topic]] = {page.code: page for page in (Whose, WantedPage, Documents)}
