from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from hongdun.base.fields import CodeField
from hongdun.base.forms import GovForm, Look
from hongdun.lib import residents

if TYPE_CHECKING:
    from collections.abc import Mapping

MOBILE = re.compile(r"1[3-9]\d{9}\Z")
SHORTEST = 10


class PhoneField(CodeField):
    """A mainland mobile number; +86 and separators are taken off."""

    def to_python(self, value: object) -> str:
        return re.sub(r"^(\+?86)(?=1\d{10}$)", "", re.sub(r"[-\u2010-\u2015]", "", super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not MOBILE.match(value):
            raise ValidationError("手机号应为 11 位数字，以 1 开头，例如 13800001234")


class IdNumberField(CodeField):
    def validate(self, value: str) -> None:
        super().validate(value)
        problem = residents.problem(value) if value else ""
        if problem:
            raise ValidationError(problem)


class SignInForm(GovForm):
    phone = PhoneField(label="手机号")
    password = forms.CharField(label="密码", widget=forms.PasswordInput, max_length=128, strip=False)
    looks: ClassVar[Mapping[str, Look]] = {
        "phone": Look(width=20, autocomplete="username", inputmode="tel"),
        "password": Look(width=20, autocomplete="current-password"),
    }


class RegisterForm(GovForm):
    name = forms.CharField(label="姓名", max_length=60, help_text="与身份证上的姓名一致")
    id_number = IdNumberField(label="身份证号码")
    phone = PhoneField(label="手机号", help_text="以后用手机号登录，办理进度也发到这个号码")
    email = forms.EmailField(
        label="电子邮箱", required=False, max_length=254, help_text="填写后，补正等通知同时发到邮箱"
    )
    password = forms.CharField(
        label="密码",
        widget=forms.PasswordInput,
        min_length=SHORTEST,
        max_length=128,
        strip=False,
        help_text=f"至少 {SHORTEST} 位，可以是容易记的一句话",
    )
    again = forms.CharField(label="再填一次密码", widget=forms.PasswordInput, max_length=128, strip=False)
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(width=20, autocomplete="name"),
        "id_number": Look(width=20, example="450103199001010019"),
        "phone": Look(width=20, autocomplete="username", inputmode="tel"),
        "email": Look(width=20, autocomplete="email", inputmode="email", example="name@example.cn"),
        "password": Look(width=20, autocomplete="new-password"),
        "again": Look(width=20, autocomplete="new-password"),
    }

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        try:
            CommonPasswordValidator().validate(password)
        except ValidationError as error:
            raise ValidationError("这个密码太常见，容易被猜到，请换一个") from error
        return password

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("password") and cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", "两次填写的密码不一样，请重新填写")
        if cleaned.get("password") and cleaned["password"] in {
            cleaned.get("phone"),
            cleaned.get("id_number"),
        }:
            self.add_error("password", "密码不能是手机号或身份证号码，请换一个")
        return cleaned


class RevealForm(GovForm):
    field = forms.ChoiceField(
        label="查看内容",
        choices=[
            ("id_number", "证件号码"),
            ("phone", "联系电话"),
            ("email", "电子邮箱"),
            ("address", "住址"),
        ],
    )
    reason = forms.CharField(label="查看理由", max_length=200, help_text="理由和您的姓名会记入审计")
    looks: ClassVar[Mapping[str, Look]] = {"reason": Look(width=20)}


class KeyForm(GovForm):
    name = forms.CharField(
        label="用途", max_length=60, help_text="写明用在哪里，便于日后辨认，例如：进货查验系统"
    )
    looks: ClassVar[Mapping[str, Look]] = {"name": Look(width=20)}
