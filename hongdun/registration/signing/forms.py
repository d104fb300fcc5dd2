"""What a signatory types on the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look

if TYPE_CHECKING:
    from collections.abc import Mapping


class Identity(GovForm):
    name = forms.CharField(label="您的姓名（单位填单位名称）", max_length=200)
    digits = forms.CharField(label="证件号码的后六位", max_length=6, min_length=6)
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(width=20, autocomplete="name"), "digits": Look(width=10, autocomplete="off"),
    }  # fmt: skip


class Code(GovForm):
    code = forms.CharField(
        label="短信验证码",
        max_length=6,
        min_length=6,
        help_text="6 位数字，10 分钟内有效",
        error_messages={"min_length": "短信验证码是 6 位数字，请照短信填全"},
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "code": Look(width=5, inputmode="numeric", autocomplete="one-time-code")
    }


class Decline(GovForm):
    reason = forms.CharField(label="为什么不签", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
