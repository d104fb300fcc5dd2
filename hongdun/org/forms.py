from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import Q

from hongdun.base.clock import today
from hongdun.base.fields import CodeField, DateField
from hongdun.base.forms import GovForm, GovModelForm, Look
from hongdun.org.models import Officer, Organ, Post

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.base.actor import Actor

ORGAN_CODE = re.compile(r"[0-9]{9}")
WHICH_ORGAN = "写名称，例如：南湖所；也可以写九位机关代码。应在您管理的范围内"


class SignInForm(GovForm):
    login = forms.CharField(label="登录名", max_length=60)
    password = forms.CharField(label="口令", widget=forms.PasswordInput, max_length=128, strip=False)
    looks: ClassVar[Mapping[str, Look]] = {
        "login": Look(width=20, autocomplete="username"),
        "password": Look(width=20, autocomplete="current-password"),
    }


class PasswordForm(GovForm):
    present = forms.CharField(label="现在的口令", widget=forms.PasswordInput, max_length=128, strip=False)
    password = forms.CharField(
        label="新口令",
        widget=forms.PasswordInput,
        min_length=12,
        max_length=128,
        strip=False,
        help_text="至少 12 位，可以是容易记的一句话",
    )
    again = forms.CharField(label="再填一次新口令", widget=forms.PasswordInput, max_length=128, strip=False)
    looks: ClassVar[Mapping[str, Look]] = {
        "present": Look(width=20, autocomplete="current-password"),
        "password": Look(width=20, autocomplete="new-password"),
        "again": Look(width=20, autocomplete="new-password"),
    }

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and password != cleaned.get("again"):
            self.add_error("again", "两次填写的口令不一样，请重新填写")
        if password and password == cleaned.get("present"):
            self.add_error("password", "新口令与现在的口令相同，请换一个")
        return cleaned


class CodeForm(GovForm):
    code = CodeField(
        label="动态验证码", min_length=6, max_length=6, help_text="打开手机验证器，填写显示的 6 位数字"
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "code": Look(width=5, autocomplete="one-time-code", inputmode="numeric")
    }


class PostForm(GovModelForm):
    """A new post for an officer; organs outside the actor's range are not offered."""

    organ = forms.CharField(label="机关", max_length=60, help_text=WHICH_ORGAN)
    on_behalf_of = forms.CharField(
        label="被代理人的登录名", required=False, help_text="只在代理岗位时填写；代理岗位须有截止日期"
    )
    valid_from = DateField(label="起始日期", initial=today)
    valid_to = DateField(label="截止日期", required=False)
    certificate_until = DateField(label="执法证有效期至", required=False)

    class Meta:
        model = Post
        fields = (
            "organ",
            "role",
            "valid_from",
            "valid_to",
            "acting",
            "on_behalf_of",
            "certificate_no",
            "certificate_until",
        )

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    def clean_organ(self) -> Organ:
        given = self.cleaned_data["organ"].strip()
        named = Q(code=int(given)) if ORGAN_CODE.fullmatch(given) else Q(name=given) | Q(short=given)
        found = list(Organ.objects.on(today()).filter(named, code__range=self.actor.range)[:2])
        if not found:
            raise forms.ValidationError(f"“{given}”不是您管理范围内的机关，请核对名称或者九位机关代码")
        if len(found) > 1:
            raise forms.ValidationError(f"您管理范围内不止一个“{given}”，请写全称或者九位机关代码")
        return found[0]

    def clean_on_behalf_of(self) -> Officer | None:
        login = self.cleaned_data["on_behalf_of"].strip()
        if not login:
            return None
        found = Officer.objects.filter(login=login, is_active=True).first()
        if found is None:
            raise forms.ValidationError(f"没有登录名为“{login}”的工作人员，请核对")
        return found

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("acting")) != bool(cleaned.get("on_behalf_of")):
            self.add_error("on_behalf_of", "代理岗位须填写被代理人，非代理岗位不填")
        if cleaned.get("acting") and not cleaned.get("valid_to"):
            self.add_error("valid_to", "代理岗位须填写截止日期，例如 2026-12-31")
        return cleaned


class EndPostForm(GovForm):
    last_day = DateField(label="最后一天", help_text="填昨天或更早，岗位立即失效")
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class AbsenceForm(GovForm):
    """Heads choose for whom; others are absent themselves."""

    officer = forms.TypedChoiceField(label="谁不在岗", coerce=UUID)
    first_day = DateField(label="第一天", initial=today)
    last_day = DateField(label="最后一天", help_text="第二天起自动交还本人")
    deputy = forms.TypedChoiceField(
        label="由谁代理",
        coerce=UUID,
        help_text="须在本机关有同样的岗位；自己办理过的件，其他环节仍须由另一人办理",
    )
    reason = forms.CharField(label="原因", max_length=200, help_text="例如：年休假。只记入审计，同事看不到")
    looks: ClassVar[Mapping[str, Look]] = {"reason": Look(width=20)}

    def __init__(
        self, *args: Any, colleagues: Sequence[tuple[UUID, str]], own: UUID | None, **kwargs: Any
    ) -> None:
        """`own`: the only one who may be chosen as absent; None where anybody may."""
        super().__init__(*args, **kwargs)
        self._choices("officer", [(key, name) for key, name in colleagues if own in {None, key}])
        self._choices("deputy", [("", "请选择"), *((key, name) for key, name in colleagues if key != own)])

    def _choices(self, name: str, choices: list[tuple[Any, str]]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices


class ReasonForm(GovForm):
    reason = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class OfficerForm(GovForm):
    login = forms.RegexField(
        r"^[a-z0-9._-]{3,60}$",
        label="登录名",
        error_messages={"invalid": "登录名应为 3 至 60 位小写字母、数字或 . _ -，例如 qx.zhang"},
    )
    name = forms.CharField(label="姓名", max_length=60)
    organ = forms.CharField(label="编制所在机关", max_length=60, help_text=WHICH_ORGAN)

    def __init__(self, *args: object, actor: Actor, **kwargs: object) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)

    clean_organ = PostForm.clean_organ

    def clean_login(self) -> str:
        login = str(self.cleaned_data["login"])
        if Officer.objects.filter(login=login).exists():
            raise forms.ValidationError(f"登录名“{login}”已有人使用，请换一个")
        return login
