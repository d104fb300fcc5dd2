"""What officers note of merchants: the register of online dispute resolution, and who answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.fields import DateField
from hongdun.base.forms import GovForm, Look
from hongdun.consumer.queries import publicity
from hongdun.lib import uscc

if TYPE_CHECKING:
    from collections.abc import Mapping

AREA = forms.Textarea(attrs={"rows": 2})


class Wanted(GovForm):
    code = forms.CharField(label="统一社会信用代码", max_length=30)
    looks: ClassVar[Mapping[str, Look]] = {"code": Look(width=20)}

    def clean_code(self) -> str:
        code = uscc.normalise(self.cleaned_data["code"])
        if not uscc.is_possible(code):
            raise forms.ValidationError("统一社会信用代码是 18 位数字和大写字母，请核对。")
        return code


class Join(GovForm):
    prefix = "join"
    since = DateField(label="加入日期")
    contact = forms.CharField(label="处理部门和电话", max_length=60)
    looks: ClassVar[Mapping[str, Look]] = {"contact": Look(width=30)}


class Leave(GovForm):
    prefix = "leave"
    left = DateField(label="退出日期")
    reason = forms.CharField(label="退出的原因", max_length=200)


class Seat(GovForm):
    prefix = "seat"
    phone = forms.CharField(
        label="经办人注册账号的手机号", max_length=20, help_text="先核对身份证件和经营者的委托书"
    )
    looks: ClassVar[Mapping[str, Look]] = {"phone": Look(width=20, inputmode="tel")}


class EndSeat(GovForm):
    prefix = "end"
    row = forms.UUIDField(widget=forms.HiddenInput)


class Withhold(GovForm):
    prefix = "withhold"
    ground = forms.ChoiceField(label="情形", widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=500, widget=AREA, help_text="记入案卷，不公开")
    looks: ClassVar[Mapping[str, Look]] = {"ground": Look(small=True)}

    def __init__(self, data: Any = None, **rest: Any) -> None:
        super().__init__(data, **rest)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = publicity.found_by_officers(on=clock.today())


class Objection(GovForm):
    prefix = "object"
    words = forms.CharField(
        label="公示的内容哪里不对", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写明事实和依据；核查期间暂停公示的，本页会显示",
    )  # fmt: skip
    by = forms.CharField(label="经办人和电话", max_length=60)
    looks: ClassVar[Mapping[str, Look]] = {"by": Look(width=20)}


class AnswerObjection(GovForm):
    prefix = "objection"
    outcome = forms.ChoiceField(
        label="核查结果",
        widget=forms.RadioSelect,
        choices=[("upheld", "异议成立，不再公示"), ("rejected", "异议不成立，依法公示")],
    )
    reason = forms.CharField(label="理由", max_length=500, widget=AREA, help_text="写入告知书，经营者会看到")
    looks: ClassVar[Mapping[str, Look]] = {"outcome": Look(small=True)}


class ShowAgain(GovForm):
    prefix = "again"
    reason = forms.CharField(label="恢复公示的理由", max_length=500, widget=AREA)
