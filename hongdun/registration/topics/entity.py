"""Which registered entity a filing is about: the first topic of every filing but an establishment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.forms import GovForm, Look
from hongdun.lib import uscc
from hongdun.register import queries as register
from hongdun.registration import allowable, queries
from hongdun.registration.forms import Topic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.actor import Actor
    from hongdun.register.models import Entity


class Which(GovForm):
    """Refuses with each reason and its article: not its kind of filing, not theirs, or something stands against it."""

    uscc = forms.CharField(
        label="统一社会信用代码", max_length=22, help_text="印在营业执照上，18 位；也可以从“查企业”的页面进来"
    )
    looks: ClassVar[Mapping[str, Look]] = {"uscc": Look(width=20, autocomplete="off")}

    def __init__(self, *args: Any, procedure_code: str, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.procedure_code, self.actor = procedure_code, actor
        self.entity: Entity | None = None

    def clean_uscc(self) -> str:
        try:
            code = str(uscc.parse(str(self.cleaned_data["uscc"])))
        except uscc.UsccError as error:
            raise forms.ValidationError(str(error)) from error
        entity = register.current(code)
        if entity is None:
            raise forms.ValidationError(f"登记簿没有统一社会信用代码 {code}，请对照营业执照核对。")
        self._check(entity)
        self.entity = entity
        return code

    def may_file(self, entity: Entity) -> bool:
        return allowable.may_file(entity, self.actor)

    def _check(self, entity: Entity) -> None:
        part = queries.part(self.procedure_code, "queries")
        if not part.concerns(entity):
            raise forms.ValidationError(
                f"“{entity.name}”是{entity.entity_type.label}，不办“{queries.label(self.procedure_code)}”。"
            )
        if not self.may_file(entity):
            raise forms.ValidationError(
                f"“{entity.name}”的登记，请由它的{entity.entity_type.representative_label}登录办理；"
                "委托他人的，请持委托书到窗口。"
            )
        stands = [f"{b.text}（{b.article}）" for b in part.blockers(entity, on=clock.today())]
        if stands:
            raise forms.ValidationError(stands)


class First(GovForm):
    """Shown instead of a topic that needs the entity."""

    asked_first: ClassVar[str] = "请先填“办理哪一户”，再填这一项。"

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError(self.asked_first)


class Whose(Topic):
    """Subclasses say of which filing."""

    code, label = "entity", "办理哪一户"
    procedure_code: ClassVar[str]

    def build(self) -> None:
        self.form = Which(
            self.posted, initial=self.saved, procedure_code=self.procedure_code, actor=self.actor
        )

    def save(self) -> Any:
        assert isinstance(self.form, Which)
        return kept(self.form.entity)


def kept(entity: Entity | None) -> dict[str, Any]:
    """What an application keeps of its entity."""
    assert entity is not None
    return {
        "id": str(entity.pk), "uscc": entity.uscc, "name": entity.name, "organ": entity.organ, "station": entity.station,
        "type": entity.type,
    }  # fmt: skip


def of(data: Mapping[str, Any]) -> Entity:
    """The entity that an application is about, as it is now."""
    found = register.current(data["entity"]["uscc"])
    assert found is not None  # entities are never deleted
    return found
