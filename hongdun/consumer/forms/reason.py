from django import forms

from hongdun.base.forms import GovForm


class Reason(GovForm):
    reason = forms.CharField(label="查阅理由", min_length=2, max_length=200)
