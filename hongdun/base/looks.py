"""How a form field is shown: its measure, its unit, its GOV.UK component."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, kw_only=True)
class Look:
    """How one field is shown; `width` is 2, 3, 4, 5, 10, 20, 30 characters or one-half, two-thirds …"""

    width: int | str = ""
    prefix: str = ""
    suffix: str = ""
    example: str = ""
    autocomplete: str = ""
    inputmode: str = ""
    inline: bool = False
    small: bool = False
    heading: bool = False
    choice_hints: Mapping[str, str] = field(default_factory=dict)
    folded: frozenset[str] = frozenset()  # choices that are seldom right, behind `fold`
    fold: str = ""


class GovRenderer(TemplatesSetting):
    form_template_name = "govuk/form.html"
    formset_template_name = "govuk/formset.html"
    field_template_name = "govuk/field.html"


# Most special first: a RadioSelect is a ChoiceWidget, a Textarea is not an Input.
KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
)
CSS = {
    "checkboxes": "govuk-checkboxes__input",
    "checkbox": "govuk-checkboxes__input",
    "radios": "govuk-radios__input",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "textarea": "govuk-textarea",
    "password": "govuk-input govuk-password-input__input govuk-js-password-input-input",
    "input": "govuk-input",
}


class GovBoundField(BoundField):
    @property
    def look(self) -> Look:
        looks: Mapping[str, Look] = getattr(self.form, "looks", {})
        return looks.get(self.name, Look())

    @property
    def kind(self) -> str:
        return next((kind for widget, kind in KINDS if isinstance(self.field.widget, widget)), "input")

    @property
    def template(self) -> str:
        return f"govuk/{self.kind}.html"

    @property
    def focus_id(self) -> str:
        """Where the error summary leads: the input, or the first choice of a group."""
        return f"{self.auto_id}_0" if self.kind in {"radios", "checkboxes"} else self.auto_id

    @property
    def shows_optional(self) -> bool:
        needed: frozenset[str] = getattr(self.form, "needed", frozenset())
        return (
            not self.field.required and self.name not in needed and getattr(self.form, "marks_optional", True)
        )

    @property
    def max_length(self) -> int | None:
        return getattr(self.field, "max_length", None)

    @property
    def counts_characters(self) -> bool:
        return self.kind == "textarea" and self.max_length is not None

    @property
    def module(self) -> str:
        """The govuk-frontend component that livens this group."""
        if self.counts_characters:
            return "govuk-character-count"
        return "govuk-password-input" if self.kind == "password" else ""

    @property
    def choices_with_hints(self) -> Iterator[tuple[Any, str]]:
        return (each for each in self._hinted() if not self._is_folded(each[0]))

    @property
    def folded_choices(self) -> list[tuple[Any, str]]:
        return [each for each in self._hinted() if self._is_folded(each[0])]

    def _hinted(self) -> Iterator[tuple[Any, str]]:
        for choice in self.subwidgets:
            yield choice, self.look.choice_hints.get(str(choice.data["value"]), "")

    def _is_folded(self, choice: Any) -> bool:
        """What has been chosen stays in sight."""
        return str(choice.data["value"]) in self.look.folded and not choice.data["selected"]

    @property
    def aria_describedby(self) -> str | None:
        described = super().aria_describedby
        if self.counts_characters:
            return f"{described or ''} {self.auto_id}-info".strip()
        return described

    def build_widget_attrs(
        self, attrs: Mapping[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(dict(attrs), widget)
        if self.kind == "hidden":
            return built
        built["class"] = " ".join(self._css((widget or self.field.widget).attrs.get("class", "")))
        if self.kind in {"radios", "checkboxes", "checkbox"}:
            built.pop("aria-invalid", None)
        look = self.look
        return built | {
            name: value
            for name, value in (("autocomplete", look.autocomplete), ("inputmode", look.inputmode))
            if value
        }

    def _css(self, given: str) -> Iterator[str]:
        yield CSS[self.kind]
        width = self.look.width
        if width and isinstance(width, int):
            yield f"govuk-input--width-{width}"
        elif width:
            yield f"govuk-!-width-{width}"
        if self.errors and self.kind not in {"radios", "checkboxes", "checkbox"}:
            yield f"{CSS[self.kind].split(' ', maxsplit=1)[0]}--error"
        if self.counts_characters:
            yield "govuk-js-character-count"
        if given:
            yield given
