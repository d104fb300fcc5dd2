from __future__ import annotations

from django import forms

from hongdun.base.forms import FilterForm, GovForm
from hongdun.calls.models import Outcome


class CallFilter(FilterForm):
    outcome = forms.ChoiceField(label="结果", required=False, choices=[("", "全部"), *Outcome.choices])
    number = forms.CharField(label="来电号码", required=False, max_length=20)


class ListenForm(GovForm):
    reason = forms.CharField(
        label="收听理由",
        max_length=200,
        help_text="理由与收听记录一并保存，例如：核对投诉人陈述",
        error_messages={"required": "请填写收听录音的理由，例如：核对投诉人陈述"},
    )


class GiveUpForm(GovForm):
    reason = forms.CharField(
        label="不再回电的理由",
        max_length=200,
        error_messages={"required": "请填写不再回电的理由，例如：三次无人接听"},
    )
