from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms

from hongdun.base.fields import WholeNumberField
from hongdun.base.forms import GovForm, Look
from hongdun.exchange.models import Follow, Follower, Webhook
from hongdun.registration.handovers import departments

if TYPE_CHECKING:
    from collections.abc import Mapping

WORDS_OF = [
    (Follow.Kind.NAME.value, "名称：新设立或者改名后，名称里有这些字"),
    (Follow.Kind.ADDRESS.value, "住所：新设立或者迁址后，住所里有这些字"),
]


class WordsForm(GovForm):
    kind = forms.ChoiceField(label="关注什么", choices=WORDS_OF, widget=forms.RadioSelect, initial="name")
    words = forms.CharField(
        label="含有这些字", max_length=100, help_text="每个词至少两个字；多个词用空格隔开，须都含有"
    )
    looks: ClassVar[Mapping[str, Look]] = {"words": Look(width=20, example="邕江 商贸")}


class MailForm(GovForm):
    mail = forms.ChoiceField(label="发邮件", choices=Follower.Mail.choices, widget=forms.RadioSelect)
    email = forms.EmailField(label="电子邮箱", required=False, max_length=254)
    looks: ClassVar[Mapping[str, Look]] = {
        "email": Look(width=20, autocomplete="email", inputmode="email", example="name@example.cn"),
    }


class WebhookForm(GovForm):
    url = forms.CharField(label="网址", max_length=500, help_text="公网可以访问的 https 网址")
    covers = forms.ChoiceField(
        label="推送什么", choices=Webhook.Covers.choices, widget=forms.RadioSelect, initial="follows"
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "url": Look(width="two-thirds", inputmode="url", example="https://www.example.cn/hongdun"),
    }


class ReplayForm(GovForm):
    after = WholeNumberField(label="从哪个序号之后推送", min_value=0)
    looks: ClassVar[Mapping[str, Look]] = {"after": Look(width=10, example="1024", inputmode="numeric")}


class AgainForm(forms.Form):
    """One message, or all that is stuck of a department."""

    department = forms.CharField(max_length=20)
    number = forms.UUIDField(required=False)

    def clean_department(self) -> str:
        code = str(self.cleaned_data["department"])
        if code not in departments():
            raise forms.ValidationError(f"没有部门 {code}。")
        return code
