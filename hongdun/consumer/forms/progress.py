from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms

from hongdun.base.fields import CodeField
from hongdun.base.forms import GovForm, Look

if TYPE_CHECKING:
    from collections.abc import Mapping

RATINGS = [(5, "非常满意"), (4, "满意"), (3, "一般"), (2, "不满意"), (1, "非常不满意")]


class Asked(GovForm):
    number = forms.CharField(label="编号", max_length=40)
    phone = CodeField(label="手机号", max_length=20)
    looks: ClassVar[Mapping[str, Look]] = {
        "number": Look(width=20, autocomplete="off", example="南市监投字〔2026〕1号"),
        "phone": Look(width=20, autocomplete="tel", inputmode="tel"),
    }


class Rating(GovForm):
    token = forms.CharField(widget=forms.HiddenInput)
    rating = forms.TypedChoiceField(
        label="您对办理是否满意", coerce=int, choices=RATINGS, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="说说原因", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class Claim(GovForm):
    token = forms.CharField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="奖励申请说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明您提供了哪些线索和证据；不要写姓名、证件号码和账号，领取时当面核对",
    )  # fmt: skip
