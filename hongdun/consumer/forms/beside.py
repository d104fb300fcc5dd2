"""Small forms beside a case: each does one thing, and says what is missing."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from hongdun.base.fields import DateField
from hongdun.base.forms import GovForm, Look
from hongdun.consumer.actions.evidence import KINDS
from hongdun.org import queries as org

AREA = forms.Textarea(attrs={"rows": 2})


class Urge(GovForm):
    prefix = "urge"
    words = forms.CharField(label="催办要求", max_length=500, widget=AREA)


class Supervise(GovForm):
    prefix = "supervise"
    words = forms.CharField(label="督办要求", max_length=500, widget=AREA)
    due = DateField(label="回复期限")


class Share(GovForm):
    prefix = "share"
    organ = forms.TypedChoiceField(label="协办单位", coerce=int)
    reason = forms.CharField(label="联合办理的理由", max_length=200)

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        choice = self.fields["organ"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "请选择"), *org.county_choices()]


class Clue(GovForm):
    prefix = "clue"
    text = forms.CharField(label="发现的违法线索", max_length=1000, widget=AREA)


class Reopen(GovForm):
    prefix = "reopen"
    reason = forms.CharField(label="重新办理的理由", max_length=500, widget=AREA)


class Reward(GovForm):
    prefix = "reward"
    words = forms.CharField(label="奖励申请说明", max_length=500, widget=AREA)


class Evidence(GovForm):
    kind = forms.ChoiceField(label="材料种类", choices=list(KINDS.items()))
    file = forms.FileField(label="文件", help_text="PDF 或照片（JPG、PNG），不超过 20 MB")


class OwnEvidence(GovForm):
    """What a sender without an account adds, through the page that number and telephone opened."""

    token = forms.CharField(widget=forms.HiddenInput)
    file = forms.FileField(label="补充证据材料", help_text="PDF 或照片（JPG、PNG），不超过 20 MB")


class Print(GovForm):
    """Nothing to fill in: the paper is made from the file."""


class Reply(GovForm):
    prefix = "reply"
    row = forms.UUIDField(widget=forms.HiddenInput)
    answer = forms.CharField(label="回复", max_length=500, widget=AREA)


class MerchantAnswer(GovForm):
    stance = forms.ChoiceField(
        label="您的意见",
        choices=[("agree", "同意调解"), ("settle", "同意投诉人的要求，自行和解"), ("refuse", "不同意调解")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    by = forms.CharField(label="经办人姓名和电话", max_length=60)
    looks: ClassVar[dict[str, Look]] = {"by": Look(width=20)}
