"""The decision on one step: opinion, grounds, what has to be mended, and the step's own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.module_loading import import_string

from hongdun.base.forms import GovForm, Look
from hongdun.cases import queries
from hongdun.cases.actions import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.cases.models import Case
    from hongdun.cases.procedure import Step

MOST_ITEMS = 30


class DecisionForm(GovForm):
    """Grounds and items are asked only where an outcome of the step needs them."""

    opinion = forms.CharField(
        label="办理意见", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    grounds = forms.MultipleChoiceField(
        label="引用的依据", required=False, widget=forms.CheckboxSelectMultiple
    )
    items = forms.MultipleChoiceField(
        label="需要补正的内容", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="勾选的和下面另写的，一次性告知申请人",
    )  # fmt: skip
    more_items = forms.CharField(
        label="另外需要补正的内容", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行写一项，例如：股东会决议第 2 页缺少王某的签名",
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {"grounds": Look(small=True), "items": Look(small=True)}

    def __init__(self, data: Any = None, *, case: Case, step: Step, checks: Mapping[str, str]) -> None:
        grounds = {g.code: str(g) for g in queries.grounds(case, kind="refuse")}
        self.suggested = _suggested(case, checks)
        super().__init__(data)
        needs = {need for outcome in step.outcomes.values() for need in outcome.needs}
        self._offer("grounds", grounds, wanted="grounds" in needs)
        self._offer(
            "items", {code: text for code, (text, _) in self.suggested.items()}, wanted="items" in needs
        )
        if "items" not in needs:
            del self.fields["more_items"]

    def _offer(self, name: str, choices: dict[str, str], *, wanted: bool) -> None:
        if not wanted or not choices:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(choices.items())

    def clean_more_items(self) -> str:
        text = str(self.cleaned_data["more_items"])
        if len(_lines(text)) > MOST_ITEMS:
            raise forms.ValidationError(f"一次性告知最多列 {MOST_ITEMS} 项，请合并同类的内容。")
        return text

    def decision(self, outcome: str, data: dict[str, Any]) -> Decision:
        given = self.cleaned_data
        chosen = [self.suggested[code] for code in given.get("items", [])]
        items = [{"text": text} | ({"article": article} if article else {}) for text, article in chosen]
        items += [{"text": line} for line in _lines(given.get("more_items", ""))]
        return Decision(
            outcome, given.get("opinion", ""), tuple(given.get("grounds", [])), tuple(items), data
        )


def _suggested(case: Case, checks: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Defects that the law names and every point of the checklist, as (text, article)."""
    defects = {f"ground:{g.code}": (g.text, g.citation) for g in queries.grounds(case, kind="defect")}
    return defects | {f"check:{code}": (f"请核对并补正：{label}", "") for code, label in checks.items()}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def step_form(step: Step, data: Any = None) -> forms.Form | None:
    """The step's own fields, if it has any."""
    if not step.form:
        return None
    made: forms.Form = import_string(step.form)(data)
    return made


def checks_of(form: forms.Form | None) -> dict[str, str]:
    """The points of a checklist, which may become items of the one-time notice."""
    if form is None or "checks" not in form.fields:
        return {}
    return {str(code): str(label) for code, label in form.fields["checks"].widget.choices}
