from __future__ import annotations

from typing import Any

from django import forms

from hongdun.base.fields import DateField
from hongdun.base.forms import GovForm


class OnDuty(GovForm):
    prefix = "duty"
    day = DateField(label="日期")
    officer = forms.TypedChoiceField(label="人员")
    kind = forms.ChoiceField(label="班次", choices=[("officer", "值班人员"), ("leader", "带班领导")])

    def __init__(self, data: Any = None, *, officers: list[tuple[Any, str]], **rest: Any) -> None:
        super().__init__(data, **rest)
        choice = self.fields["officer"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "请选择"), *((str(key), name) for key, name in officers)]


class Telling(GovForm):
    prefix = "tell"
    recipients = forms.TypedMultipleChoiceField(
        label="接收单位", coerce=int, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(label="指令内容", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, data: Any = None, *, below: list[tuple[int, str]], **rest: Any) -> None:
        super().__init__(data, **rest)
        choice = self.fields["recipients"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = below


class Event(GovForm):
    prefix = "event"
    name = forms.CharField(label="活动名称", max_length=60)
    words = forms.CharField(
        label="关键词",
        max_length=100,
        help_text="用空格分开；投诉举报的标题或者内容有其中一个词的，排在最前。",
    )
    first = DateField(label="首日")
    last = DateField(label="末日")
