from __future__ import annotations

from typing import Any

from django import forms

from hongdun.base.fields import DateField
from hongdun.base.forms import GovForm

LONG = forms.Textarea(attrs={"rows": 8})


class WarningText(GovForm):
    title = forms.CharField(label="标题", max_length=100)
    text = forms.CharField(label="正文", max_length=4000, widget=LONG)
    basis = forms.CharField(
        label="依据", max_length=200, required=False,
        help_text="法规名称和条，几条之间用分号，例如“消费者权益保护法 25;食品安全法 148”。",
    )  # fmt: skip
    valid_from = DateField(label="生效日期")
    valid_to = DateField(label="失效日期", required=False, help_text="不填表示长期有效。")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "失效日期应不早于生效日期。")
        return {"subject": "", "words": ""} | given


class AnswerText(WarningText):
    subject = forms.CharField(label="类别", max_length=20, help_text="例如“退换货”。")
    words = forms.CharField(
        label="其他说法", max_length=200, required=False, help_text="人们还会怎么问，用空格分开。"
    )
    field_order = [
        "subject",
        "title",
        "text",
        "words",
        "basis",
        "valid_from",
        "valid_to",
    ]

    def __init__(self, *given: Any, **rest: Any) -> None:
        super().__init__(*given, **rest)
        self.fields["title"].label = "问题"
        self.fields["text"].label = "解答"


class Remark(GovForm):
    remark = forms.CharField(
        label="审核意见", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class Withdrawal(GovForm):
    reason = forms.CharField(label="撤回的理由", max_length=200)
