"""How a bureau lets the rules decide, and what the conditions are to be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.fields import DateField
from hongdun.base.forms import GovForm, Look
from hongdun.registration.screening.comparing import TESTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.registration.screening.models import Condition

NUMBERS = frozenset({"most", "least"})
NARROW = "govuk-input--width-5"


class SwitchForm(GovForm):
    organ = forms.TypedChoiceField(
        label="登记机关", coerce=int, help_text="没有自己设定的下级机关按上级的设定办"
    )
    on = forms.TypedChoiceField(
        label="自动审核", choices=[("1", "开通"), ("0", "关闭")], coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )  # fmt: skip
    share = forms.IntegerField(
        label="事后抽查", min_value=0, max_value=100, initial=5,
        help_text="自动准予登记的件，随机抽出多少由人员复核",
    )  # fmt: skip
    valid_from = DateField(label="施行日期", initial=clock.today, help_text="当天起收到的件适用")
    basis = forms.CharField(label="依据", max_length=200)
    looks: ClassVar[Mapping[str, Look]] = {
        "on": Look(inline=True),
        "share": Look(width=3, suffix="%"),
        "basis": Look(width=20, example="青市监办〔2026〕18号"),
    }

    def __init__(self, data: Any = None, *, bureaus: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        choice = self.fields["organ"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [("", "请选择"), *bureaus]


class Trial(GovForm):
    """Other values for the conditions in force; numbers can be changed, any condition can be left out."""

    looks: ClassVar[Mapping[str, Look]] = {"off": Look(small=True)}

    def __init__(self, data: Any = None, *, conditions: Sequence[Condition]) -> None:
        self.conditions = conditions
        super().__init__(data)
        for each in conditions:
            if each.test in NUMBERS and each.value:
                self.fields[f"value_{each.code}"] = forms.DecimalField(
                    label=f"{each.label}{TESTS[each.test]}", initial=each.value,
                    min_value=0, max_digits=12, decimal_places=2, required=False,
                    widget=forms.NumberInput(attrs={"class": NARROW}),
                )  # fmt: skip
        self.fields["off"] = forms.MultipleChoiceField(
            label="停用的条件", required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(each.code, f"{each.label}（{each.citation}）") for each in conditions],
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Put what is wanted into the conditions; `differing` holds those that aren't as in force."""
        data = super().clean() or self.cleaned_data
        self.differing = [each for each in self.conditions if self._altered(each, data)]
        return data

    def wanted(self) -> list[Condition]:
        """All conditions that would be in force."""
        return [each for each in self.conditions if not each.off]

    @staticmethod
    def _altered(each: Condition, data: Mapping[str, Any]) -> bool:
        value = data.get(f"value_{each.code}")
        other = value is not None and value != Decimal(str(each.value))
        if value is not None and other:
            each.value = int(value) if value == int(value) else str(value)
        each.off = each.code in data.get("off", ())
        return other or each.off


class LayDown(GovForm):
    valid_from = DateField(label="施行日期", initial=clock.today, help_text="当天起收到的件适用")
    basis = forms.CharField(label="依据", max_length=200)
    looks: ClassVar[Mapping[str, Look]] = {"basis": Look(width=20, example="桂市监注〔2026〕18号")}
