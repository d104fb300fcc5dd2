"""What an officer types to open a ruling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look
from hongdun.lib import uscc
from hongdun.register import queries as register
from hongdun.registration.name_ruling.queries import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.actor import Actor
    from hongdun.register.models import Entity


class Ruling(GovForm):
    submission = forms.UUIDField(widget=forms.HiddenInput)
    uscc = forms.CharField(label="被请求企业的统一社会信用代码", max_length=22)
    kind = forms.ChoiceField(label="案件来源", choices=list(KINDS.items()), widget=forms.RadioSelect)
    claimant = forms.CharField(
        label="请求人或者法律文书",
        max_length=120,
        help_text="企业填名称；法院文书填案号，例如（2026）桂01民终123号",
    )
    facts = forms.CharField(label="事实和理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    looks: ClassVar[Mapping[str, Look]] = {"uscc": Look(width=20, autocomplete="off")}

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.entity: Entity | None = None

    def clean_uscc(self) -> str:
        try:
            code = str(uscc.parse(str(self.cleaned_data["uscc"])))
        except uscc.UsccError as error:
            raise forms.ValidationError(str(error)) from error
        found = register.current(code)
        if found is None:
            raise forms.ValidationError(f"登记簿没有统一社会信用代码 {code}，请核对。")
        lo, hi = self.actor.range
        if not lo <= found.organ <= hi:
            raise forms.ValidationError(
                f"“{found.name}”由其他登记机关登记，请移送其登记机关裁决（名称规定第二十一条）。"
            )
        if found.name == found.uscc:
            raise forms.ValidationError(f"{code} 的名称已经停止使用。")
        self.entity = found
        return code
