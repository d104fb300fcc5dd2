"""What somebody concerned types to object to a public notice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look
from hongdun.lib import text
from hongdun.registration.models import Objection

if TYPE_CHECKING:
    from collections.abc import Mapping


class ObjectionForm(GovForm):
    capacity = forms.ChoiceField(label="您是", choices=Objection.Capacity.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="姓名或者单位名称", max_length=60)
    phone = forms.CharField(label="联系电话", max_length=16, help_text="只告知登记机关，不公示")
    text = forms.CharField(
        label="异议内容", max_length=900, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明事实，例如：欠我 2025 年货款 3 万元，有欠条",
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(width=20, autocomplete="name"), "phone": Look(width=20, inputmode="tel", autocomplete="tel"),
    }  # fmt: skip

    def clean_phone(self) -> str:
        value = text.clean(str(self.cleaned_data["phone"])).replace(" ", "").replace("-", "")
        if not re.fullmatch(r"\d{7,12}", value):
            raise forms.ValidationError("联系电话应为 7 至 12 位数字，例如 13800000000。")
        return value
