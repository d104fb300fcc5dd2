from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look

if TYPE_CHECKING:
    from collections.abc import Mapping

PHONE = r"1[3-9]\d{9}"


class Reach(GovForm):
    phone = forms.RegexField(
        rf"^{PHONE}$", label="手机号", required=False, error_messages={"invalid": "手机号是 11 位数字，以 1 开头，请核对。"}
    )  # fmt: skip
    email = forms.EmailField(label="电子邮箱", required=False)
    from_percent = forms.TypedChoiceField(
        label="期限从什么时候起提醒", coerce=int, initial=80, widget=forms.RadioSelect,
        choices=[(50, "过半起"), (80, "过五分之四起"), (100, "只在届满时")],
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {
        "phone": Look(width=20, inputmode="tel", autocomplete="tel"),
        "email": Look(width=30, autocomplete="email"),
        "from_percent": Look(small=True),
    }
