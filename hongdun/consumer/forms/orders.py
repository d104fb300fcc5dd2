from __future__ import annotations

from django import forms

from hongdun.base.forms import GovForm

AREA = forms.Textarea(attrs={"rows": 4})


class Answer(GovForm):
    prefix = "answer"
    words = forms.CharField(label="办理情况", max_length=1000, widget=AREA, help_text="原样回给 12345")


class SendBack(GovForm):
    prefix = "back"
    words = forms.CharField(label="退回理由", max_length=1000, widget=AREA, help_text="写明应由哪个部门办理")
