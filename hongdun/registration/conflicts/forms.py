"""What an officer fills in about somebody who may hold no post or file nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.fields import DateField
from hongdun.base.forms import GovForm, Look
from hongdun.law import queries as law
from hongdun.lib import residents
from hongdun.lib.text import normalise_name
from hongdun.registration.conflicts import queries

if TYPE_CHECKING:
    from collections.abc import Mapping


class BarForm(GovForm):
    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(
        label="居民身份证号码", max_length=18, help_text="加密保存，只用来认出同一个人"
    )
    ground = forms.ChoiceField(label="情形", widget=forms.RadioSelect)
    since = DateField(label="起算日", help_text="例如吊销之日、执行期满之日。截止日按法律规定自动计算")
    basis = forms.CharField(
        label="依据的文书", max_length=200, help_text="例如：南市监处罚〔2026〕15号行政处罚决定书"
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(width=10), "id_number": Look(width=20), "ground": Look(small=True), "basis": Look(width=30),
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["ground"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(each.code, str(each)) for each in queries.bar_grounds()]

    def clean_name(self) -> str:
        return normalise_name(str(self.cleaned_data["name"]))

    def clean_id_number(self) -> str:
        number = str(self.cleaned_data["id_number"]).strip().upper()
        if not residents.is_valid(number):
            raise forms.ValidationError("号码不对：应为 18 位居民身份证号码，请对照身份证再填一次")
        return number

    def clean_since(self) -> Any:
        day = self.cleaned_data["since"]
        if day > clock.today():
            raise forms.ValidationError("起算日不能晚于今天，请核对文书上的日期")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("ground") and cleaned.get("since"):
            try:
                law.ground(cleaned["ground"], cleaned["since"])
            except law.LawError:
                self.add_error("since", "起算日那天的法律没有这种情形，请核对日期或者另选情形")
        return cleaned


class LiftForm(GovForm):
    reason = forms.CharField(label="解除原因", max_length=200)
