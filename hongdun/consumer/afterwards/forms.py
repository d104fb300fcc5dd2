from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.fields import DateField, NumberField
from hongdun.base.forms import GovForm, Look
from hongdun.cases.forms import CaseForm
from hongdun.consumer.afterwards import queries


class Reward(CaseForm):
    level = forms.ChoiceField(label="奖励等级", required=False)
    fined = NumberField(
        label="罚没款金额", required=False, min_value=0, max_digits=14, decimal_places=2, help_text="没有罚没款的，不填"
    )  # fmt: skip
    reward = NumberField(label="建议奖励金额", required=False, min_value=0, max_digits=10, decimal_places=2)
    looks: ClassVar[dict[str, Look]] = {
        "fined": Look(width=10, suffix="元"),
        "reward": Look(width=10, suffix="元"),
    }

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        lines = queries.levels()
        field.choices = [("", "请选择"), *((line["code"], queries.level_words(line)) for line in lines)]


class Payment(GovForm):
    """Who came for it isn't written down: that the papers were seen is enough, and the name stays sealed."""

    paid_on = DateField(label="发放日期", required=False, initial=clock.today)
    way = forms.ChoiceField(label="发放方式", required=False, choices=[("", "请选择"), *queries.WAYS.items()])
    voucher = forms.CharField(label="付款凭证号", required=False, max_length=40)
    papers_seen = forms.BooleanField(
        label="已核对举报人的有效身份证明；由他人代领的，还核对了授权委托书和代领人的身份证明", required=False
    )
    looks: ClassVar[dict[str, Look]] = {"voucher": Look(width=20), "papers_seen": Look(small=True)}
