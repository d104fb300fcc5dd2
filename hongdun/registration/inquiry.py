"""What is asked of those who look without an account."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.fields import CodeField
from hongdun.base.forms import FilterForm, GovForm, Look
from hongdun.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Mapping


# Whatever stands for 〔 and 〕 on the keyboard of a phone.
OPENING, CLOSING = re.compile(r"[(\[{\uff08\uff3b【]"), re.compile(r"[)\]}\uff09\uff3d】]")


class Asked(GovForm):
    number = forms.CharField(label="受理编号", max_length=40)
    phone = CodeField(label="申请时留的手机号", max_length=20)
    looks: ClassVar[Mapping[str, Look]] = {
        "number": Look(width=20, example="青市监登受字〔2026〕1号"),
        "phone": Look(width=20, autocomplete="tel", inputmode="tel"),
    }

    def clean_number(self) -> str:
        """Whatever brackets a telephone's keyboard has, with or without the last word."""
        typed = re.sub(r"\s", "", str(self.cleaned_data["number"]))
        typed = OPENING.sub("〔", CLOSING.sub("〕", typed))
        return typed if typed.endswith("号") or not typed[-1:].isdecimal() else f"{typed}号"


class Bureau(FilterForm):
    organ = forms.TypedChoiceField(label="登记机关", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organ"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [("", "请选择"), *org.bureau_choices()]

    @staticmethod
    def bureaus() -> list[tuple[int, str]]:
        return [bureau for _, group in org.bureau_choices() for bureau in group]
