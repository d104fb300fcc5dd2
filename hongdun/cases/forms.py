"""The decision on one step: opinion, grounds, what has to be mended, and the step's own fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.module_loading import import_string

from hongdun.base import clock
from hongdun.base.fields import DateField
from hongdun.base.forms import GovForm, Look
from hongdun.cases import queries
from hongdun.cases.actions import Decision
from hongdun.cases.procedure import MODE_LABELS, REGISTERED, latest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.cases.models import Case
    from hongdun.cases.procedure import Procedure, Step

MOST_ITEMS = 30


class SettingForm(GovForm):
    """What is laid down (the mode of a procedure, or the role of one of its steps), for whom, from when."""

    what = forms.ChoiceField(label="设定什么")
    organ = forms.TypedChoiceField(
        label="登记机关", coerce=int, help_text="没有自己设定的下级机关按上级的设定办"
    )
    value = forms.ChoiceField(label="怎样办", help_text="登记方式选前三项之一，环节的岗位选其后的一项")
    valid_from = DateField(
        label="施行日期", initial=clock.today, help_text="当天起收到的件适用；已收的件仍按原来的方式办"
    )
    basis = forms.CharField(label="依据", max_length=200)
    looks: ClassVar[Mapping[str, Look]] = {"basis": Look(width=20, example="青市监办〔2026〕18号")}

    def __init__(self, data: Any = None, *, bureaus: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self._choices("organ", list(bureaus))
        self._choices("what", _subjects())
        roles = [(role, f"由“{queries.role_label(role)}”岗位办") for role in sorted(queries.WORKING)]
        self._choices("value", [*MODE_LABELS.items(), *roles])

    def _choices(self, name: str, choices: list[tuple[Any, str]]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "请选择"), *choices]

    def subject(self) -> tuple[Procedure, str]:
        """The procedure, and the step whose role is laid down; empty for the mode."""
        code, _, step = str(self.cleaned_data["what"]).partition("/")
        return latest(code), step


def _subjects() -> list[tuple[str, str]]:
    found = []
    for procedure in {code: latest(code) for code, _ in REGISTERED}.values():
        found.append((procedure.code, f"{procedure.label}：登记方式"))
        steps = [s for s in procedure.steps.values() if queries.values_of(procedure, s.code)]
        found += [
            (f"{procedure.code}/{s.code}", f"{procedure.label}：“{s.label}”由哪个岗位办") for s in steps
        ]
    return found


class DecisionForm(GovForm):
    """Grounds and items are asked only where an outcome of the step needs them."""

    marks_optional = False  # what is needed depends on the outcome
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
        grounds = {g.code: str(g) for g in queries.grounds(case, kind=step.grounds)}
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


class CaseForm(GovForm):
    """The fields of a step whose choices depend on the case."""

    def __init__(self, data: Any = None, *, case: Case) -> None:
        self.case = case
        super().__init__(data)


def step_form(step: Step, data: Any = None, *, case: Case) -> forms.Form | None:
    """The step's own fields, if it has any."""
    if not step.form:
        return None
    form = import_string(step.form)
    made: GovForm = form(data, case=case) if issubclass(form, CaseForm) else form(data)
    made.marks_optional = False  # what is needed depends on the outcome
    return made


def checks_of(form: forms.Form | None) -> dict[str, str]:
    """The points of a checklist, which may become items of the one-time notice."""
    if form is None or "checks" not in form.fields:
        return {}
    return {str(code): str(label) for code, label in form.fields["checks"].widget.choices}
