"""What was typed, read back before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from django.forms.boundfield import BoundField

    from hongdun.consumer.forms.drafts import Draft

Card = tuple[str, str, list[tuple[str, str]]]


def rows_of(draft: Draft) -> list[Card]:
    """One card for each page: its code, its title, labels and values."""
    cards: list[Card] = []
    for page in draft.asked:
        form = draft.form(page)
        form.is_valid()
        rows = [(str(bound.label), words(bound, form.cleaned_data)) for bound in form.visible_fields()]
        cards.append((page.code, page.label, [(label, value) for label, value in rows if value]))
    return cards


def words(bound: BoundField, given: dict[str, Any]) -> str:
    value = given.get(bound.name)
    if isinstance(bound.field, forms.MultipleChoiceField):
        labels = dict(bound.field.choices)  # type: ignore[arg-type]  # flat pairs
        return "、".join(str(labels[each]) for each in value or ())
    if isinstance(bound.field, forms.ChoiceField):
        return str(dict(bound.field.choices).get(value, "")) if value else ""  # type: ignore[arg-type]
    if isinstance(value, bool):
        return "是" if value else ""
    return "" if value is None else str(value)
