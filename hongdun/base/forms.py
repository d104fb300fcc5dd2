"""Forms as GOV.UK components: `{{ form }}`, `{% govuk_field form.name %}`, `{% error_summary form %}`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from hongdun.base import wording
from hongdun.base.looks import GovBoundField, GovRenderer, Look

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.forms.boundfield import BoundField

__all__ = [
    "ErrorItem",
    "FilterForm",
    "GovForm",
    "GovFormSet",
    "GovModelForm",
    "Look",
    "error_items",
]


@dataclass(frozen=True)
class ErrorItem:
    focus_id: str
    text: str


def error_items(*shown: forms.BaseForm | forms.BaseFormSet[Any]) -> list[ErrorItem]:
    """What the error summary lists, in the order of the page; an empty id leads nowhere."""
    items: list[ErrorItem] = []
    for each in shown:
        if isinstance(each, forms.BaseFormSet):
            items += [ErrorItem("", str(text)) for text in each.non_form_errors()]
            for place, row in enumerate(each.forms, start=1):
                said = f"{getattr(each, 'noun', '行')} {place}："
                items += [ErrorItem(item.focus_id, said + item.text) for item in error_items(row)]
            continue
        items += [ErrorItem("", str(text)) for text in each.non_field_errors()]
        for bound in each:
            focus = getattr(bound, "focus_id", bound.id_for_label)
            items += [ErrorItem(focus, str(text)) for text in bound.errors]
    return items


class GovMixin(forms.BaseForm):
    """`looks` by field name; `groups` are (legend, field names); the rest follows in order of declaration."""

    looks: ClassVar[Mapping[str, Look]] = {}
    groups: ClassVar[tuple[tuple[str, tuple[str, ...]], ...]] = ()
    default_renderer = GovRenderer
    bound_field_class = GovBoundField
    use_required_attribute = False
    marks_optional = True
    # Not required by themselves, and asked for all the same where nothing else answers them: never marked as optional.
    needed: frozenset[str] = frozenset()
    unchecked = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, form_field in self.fields.items():
            look = self.looks.get(name, Look())
            _dress(form_field)
            wording.improve(
                form_field,
                label=str(form_field.label or name),
                example=look.example,
                unit=look.suffix,
                counted=getattr(form_field, "counted", "个字"),
            )

    def leave_unchecked(self) -> None:
        self.unchecked = True

    def full_clean(self) -> None:
        # A row was added or removed, or typing goes on: show it, complain only when it is really sent.
        if self.unchecked:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def grouped_fields(self) -> Iterator[tuple[str, list[BoundField]]]:
        """Visible fields as (legend, fields); the legend is empty for those outside any group."""
        in_groups = {name for _, names in self.groups for name in names}
        for legend, names in self.groups:
            yield legend, [self[name] for name in names if name in self.fields]
        rest = [bound for bound in self.visible_fields() if bound.name not in in_groups]
        if rest:
            yield "", rest


class GovForm(GovMixin, forms.Form):
    pass


class FilterForm(GovForm):
    """Choices above or beside a list, sent by GET: everything is optional, so nothing is marked as such."""

    marks_optional = False


class GovModelForm(GovMixin, forms.ModelForm):  # type: ignore[type-arg]  # the model is the subclass's
    pass


if TYPE_CHECKING:
    BaseFormSet = forms.BaseFormSet[GovForm]
else:
    BaseFormSet = forms.BaseFormSet


def _dress(form_field: forms.Field) -> None:
    """Give the widget of this field the input type that works on phones and never drops what was typed."""
    widget = form_field.widget
    # A browser cuts pasted text at maxlength without a word; the server says what is too long.
    widget.attrs.pop("maxlength", None)
    if type(widget) is forms.ClearableFileInput:
        form_field.widget = forms.FileInput(attrs=widget.attrs)
    elif isinstance(widget, forms.NumberInput):
        # Mouse wheels change type=number unnoticed.
        widget.input_type = "text"
        whole = isinstance(form_field, forms.IntegerField) and not isinstance(form_field, forms.DecimalField)
        widget.attrs.setdefault("inputmode", "numeric" if whole else "decimal")
    elif isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
        widget.attrs.setdefault("class", "govuk-input--width-10")
    elif isinstance(widget, forms.EmailInput):
        widget.attrs.setdefault("spellcheck", "false")


class GovFormSet(BaseFormSet):
    """Rows of the same form; rows are added and removed by submit buttons, so without script too."""

    noun = "行"
    measure = ""
    unchecked = False
    default_error_messages: ClassVar[wording.Texts] = {
        "missing_management_form": "页面内容不完整，请返回上一页重新打开后再填",
        "too_many_forms": "最多填写 %(num)d 行，请删去多余的行",
        "too_few_forms": "至少填写 %(num)d 行，请增加",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # formset_factory writes Django's renderer on the class that it makes, and rows inherit it.
        self.renderer = GovRenderer()

    def initial_form_count(self) -> int:
        # Rows beyond the initial ones might be empty or untouched, and pass unchecked: here every row counts,
        # whatever the page or a post made by hand claims.
        return self.total_form_count() if self.is_bound else super().initial_form_count()

    def rearranged(self) -> Self | None:
        """The same rows after 增加一行 or 删去 was pressed, not yet checked; None if neither was."""
        adding, removing = f"{self.prefix}-add" in self.data, self._row_to_remove()
        if not self.is_bound or (not adding and removing is None):
            return None
        rows = [row for row in range(self.total_form_count()) if row != removing]
        data = self._moved(rows, extra=int(adding))
        new = type(self)(data, prefix=self.prefix, form_kwargs=self.form_kwargs)
        new.leave_unchecked()
        return new

    def leave_unchecked(self) -> None:
        self.unchecked = True
        for form in self.forms:
            form.leave_unchecked()

    def full_clean(self) -> None:
        if self.unchecked:
            self._errors: list[ErrorDict] = []
            self._non_form_errors = ErrorList(renderer=self.renderer)
            return
        super().full_clean()

    def _row_to_remove(self) -> int | None:
        pressed = str(self.data.get(f"{self.prefix}-remove", ""))
        return int(pressed) if pressed.isascii() and pressed.isdigit() else None

    def _moved(self, rows: list[int], *, extra: int) -> QueryDict:
        """The posted data of these rows, numbered anew, with `extra` blank rows behind."""
        posted = self.data if isinstance(self.data, QueryDict) else QueryDict(mutable=True)
        data = QueryDict(mutable=True)
        for new, old in enumerate(rows):
            start = f"{self.prefix}-{old}-"
            for key, values in posted.lists():
                if key.startswith(start):
                    data.setlist(f"{self.prefix}-{new}-{key.removeprefix(start)}", values)
        data[f"{self.prefix}-TOTAL_FORMS"] = str(min(len(rows) + extra, self.absolute_max))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(min(self.initial_form_count(), len(rows)))
        return data
