"""What officers type about blanks and about handing licences over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.forms import FilterForm, GovForm, Look
from hongdun.lib import residents
from hongdun.register.models.licences import COPIES
from hongdun.registration.change.checks import Replacement
from hongdun.registration.naming import check_printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SPOILT = {
    "misprint": "打印错误", "jam": "卡纸、破损", "stain": "污损", "missing": "缺号", "other": "其他",
}  # fmt: skip


class Receive(GovForm):
    copy = forms.ChoiceField(label="种类", widget=forms.RadioSelect, choices=list(COPIES.items()))
    first = forms.CharField(label="起号", max_length=24, help_text="印在空白执照上的编号，例如 450103000001")
    last = forms.CharField(label="止号", max_length=24)
    looks: ClassVar[Mapping[str, Look]] = {
        "copy": Look(inline=True), "first": Look(width=20, autocomplete="off"), "last": Look(width=20, autocomplete="off"),
    }  # fmt: skip


class Send(Receive):
    target = forms.TypedChoiceField(label="调入机关", coerce=int)
    field_order = ("copy", "first", "last", "target")

    def __init__(self, *args: Any, targets: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["target"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "请选择"), *targets]


class Period(FilterForm):
    since = forms.DateField(label="自", required=False)
    until = forms.DateField(label="至", required=False)
    serial = forms.CharField(label="编号以此开头", max_length=24, required=False)


class Spoil(GovForm):
    kind = forms.ChoiceField(label="作废原因", widget=forms.RadioSelect, choices=list(SPOILT.items()))
    words = forms.CharField(label="说明", max_length=100, required=False)
    again = forms.BooleanField(label="这张执照改用下一张空白重新打印", required=False, initial=True)

    def __init__(self, *args: Any, used: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not used:
            del self.fields["again"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("kind") == "other" and not data.get("words"):
            self.add_error("words", "选“其他”的，请说明原因，例如：开箱时发现缺角。")
        return data

    @property
    def reason(self) -> str:
        return "：".join(filter(None, (SPOILT[self.cleaned_data["kind"]], self.cleaned_data["words"])))


class Handing(GovForm):
    """Where old sheets are still out, what became of them."""

    old_sheets = forms.ChoiceField(label="旧执照", widget=forms.RadioSelect)
    looks: ClassVar[Mapping[str, Look]] = {"old_sheets": Look(inline=True)}

    def __init__(self, *args: Any, old: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if old:
            choice, of = self.fields["old_sheets"], Replacement.base_fields["old_sheets"]
            assert isinstance(choice, forms.ChoiceField)
            assert isinstance(of, forms.ChoiceField)
            choice.choices = of.choices
        else:
            del self.fields["old_sheets"]


class Collected(Handing):
    name = forms.CharField(label="领取人姓名", max_length=60)
    id_number = forms.CharField(label="领取人身份证号码", max_length=18)
    signed = forms.FileField(label="签收单（领取人签名后扫描或者拍照）")
    field_order = ("name", "id_number", "signed", "old_sheets")
    looks: ClassVar[Mapping[str, Look]] = {
        **Handing.looks, "name": Look(width=10, autocomplete="off"), "id_number": Look(width=20, autocomplete="off"),
    }  # fmt: skip

    def clean_id_number(self) -> str:
        number = str(self.cleaned_data["id_number"]).strip().upper()
        if not residents.is_valid(number):
            raise forms.ValidationError("身份证号码不正确，请对照身份证核对 18 位号码。")
        return number

    def clean_name(self) -> str:
        return check_printable(str(self.cleaned_data["name"]).strip())


class Posted(Handing):
    carrier = forms.CharField(label="承运单位", max_length=40, initial="中国邮政 EMS")
    tracking = forms.CharField(label="邮件号", max_length=40)
    field_order = ("carrier", "tracking", "old_sheets")
    looks: ClassVar[Mapping[str, Look]] = {
        **Handing.looks, "carrier": Look(width=20), "tracking": Look(width=20, autocomplete="off"),
    }  # fmt: skip

    def clean_tracking(self) -> str:
        number = "".join(str(self.cleaned_data["tracking"]).split()).upper()
        if not number.isalnum() or not number.isascii():
            raise forms.ValidationError("邮件号由字母和数字组成，请照面单填写，例如 1234567890123。")
        return number


class Arrived(GovForm):
    note = forms.CharField(label="谁签收的", max_length=100, required=False)


class CameBack(GovForm):
    note = forms.CharField(
        label="退回原因", max_length=100, help_text="照面单上的退回原因，例如：收件人电话无人接听"
    )


def month_so_far() -> dict[str, Any]:
    today = clock.today()
    return {"since": today.replace(day=1), "until": today}
