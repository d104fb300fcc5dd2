"""What an officer fills in at the steps of a complaint; which of it is needed depends on the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.fields import DateField, NumberField, WholeNumberField
from hongdun.base.forms import GovForm, Look
from hongdun.cases.forms import CaseForm
from hongdun.consumer.queries import suggesting
from hongdun.org.models import Officer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.cases.models import Case
    from hongdun.lib.complaints.classes import Axis

WAYS = {"site": "现场调解", "phone": "电话调解", "video": "视频调解", "online": "互联网调解"}
WHY_NO_STATEMENT = {
    "performed": "协议已经即时履行",
    "waived": "双方同意不制作调解书",
    "remote": "电话等非现场方式调解",
}
TOLD = {"paper": "当面送达", "post": "邮寄", "sms": "短信", "phone": "电话", "email": "电子邮件"}
RECUSAL_DAYS = 2
NOT_SAID = [("", "请选择")]


class Acceptance(CaseForm):
    """What the sender didn't choose is proposed from the words; figures and publicity count by it."""

    object_class = forms.ChoiceField(label="商品服务类别", required=False)
    problem_class = forms.ChoiceField(label="问题类别", required=False)
    contact = forms.CharField(
        label="承办人和联系电话", required=False, max_length=60, help_text="写在受理、不予受理决定书上"
    )
    prove_by = DateField(label="身份证明提供截止日期", required=False, help_text="要求提供身份证明时填写")
    looks: ClassVar[Mapping[str, Look]] = {"contact": Look(width=20, example="韦小梅 0771-12315")}

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data, case=case)
        goods, problem = suggesting.classes_of(case)
        self.initial.update({"object_class": goods, "problem_class": problem})
        self._offer("object_class", "object")
        self._offer("problem_class", "problem")

    def _offer(self, name: str, axis: Axis) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*NOT_SAID, *suggesting.choices(axis)]


class Consent(GovForm):
    complainant_agrees = forms.BooleanField(label="投诉人同意调解", required=False)
    merchant_agrees = forms.BooleanField(label="被投诉人同意调解", required=False)
    entrusted_to = forms.CharField(
        label="委托调解单位", required=False, max_length=60,
        help_text="委托消费者协会或者依法成立的调解组织的，填名称；受委托单位不得再委托（第十九条）",
    )  # fmt: skip
    both_agree_to_entrust = forms.BooleanField(label="双方同意委托", required=False)
    looks: ClassVar[Mapping[str, Look]] = dict.fromkeys(
        ("complainant_agrees", "merchant_agrees", "both_agree_to_entrust"), Look(small=True)
    )


class Session(CaseForm):
    way = forms.ChoiceField(
        label="调解方式", choices=list(WAYS.items()), widget=forms.RadioSelect, initial="site"
    )
    at = forms.CharField(label="时间", required=False, max_length=40)
    place = forms.CharField(label="地点", required=False, max_length=100)
    mediator = forms.CharField(label="调解人员", max_length=60)
    recusal_days = WholeNumberField(label="申请回避期限", initial=RECUSAL_DAYS, min_value=1, max_value=15)
    looks: ClassVar[Mapping[str, Look]] = {
        "way": Look(small=True),
        "at": Look(width=20, example="2026年11月30日上午9时30分"),
        "recusal_days": Look(width=2, suffix="日"),
    }

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data, case=case)
        lead = Officer.objects.filter(pk=case.data.get("lead")).first() if case.data.get("lead") else None
        self.initial["mediator"] = lead.name if lead else ""


class Agreement(GovForm):
    agreement = forms.CharField(
        label="协议内容", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="例如：商家于2026年12月1日前退还货款 399 元，投诉人退回商品",
    )  # fmt: skip
    recovered = NumberField(
        label="挽回经济损失", required=False, min_value=0, max_digits=12, decimal_places=2
    )
    why_no_statement = forms.ChoiceField(
        label="不制作调解书的原因", required=False, choices=[*NOT_SAID, *WHY_NO_STATEMENT.items()]
    )
    represented_agree = forms.BooleanField(
        label="被代表的投诉人同意协议",
        required=False,
        help_text="共同投诉由代表人达成协议的，须经被代表的投诉人同意",
    )
    looks: ClassVar[Mapping[str, Look]] = {"recovered": Look(width=10, suffix="元")}


class Telling(GovForm):
    complainant_told = forms.ChoiceField(
        label="告知投诉人的方式", required=False, choices=[*NOT_SAID, *TOLD.items()]
    )
    merchant_told = forms.ChoiceField(
        label="告知被投诉人的方式", required=False, choices=[*NOT_SAID, *TOLD.items()]
    )
