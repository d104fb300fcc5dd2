"""One template: where it is used, what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look
from hongdun.cases.opinions.models import USES
from hongdun.cases.opinions.queries import PLACES
from hongdun.cases.procedure import REGISTERED

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACE = re.compile(r"\{([^{}]*)\}")
OWN, BUREAU = "own", "bureau"


class TemplateForm(GovForm):
    title = forms.CharField(label="标题", max_length=20, help_text="办理页上显示，例如：材料齐全，拟予登记")
    use = forms.ChoiceField(label="用在", choices=list(USES.items()))
    procedure = forms.ChoiceField(label="业务", required=False)
    text = forms.CharField(
        label="内容", max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="可以写" + "、".join(f"{{{place}}}" for place in PLACES) + "，套用时换成本件的",
    )  # fmt: skip
    whose = forms.ChoiceField(label="谁可以用", widget=forms.RadioSelect, initial=OWN)
    looks: ClassVar[Mapping[str, Look]] = {"title": Look(width=20), "whose": Look(inline=True)}

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = sorted({(p.code, p.label) for p in REGISTERED.values()}, key=lambda each: each[1])
        self._choices("procedure", [("", "所有业务"), *labels])
        shared = [(BUREAU, "本机关和下级机关")] if may_share else []
        self._choices("whose", [(OWN, "只有我"), *shared])

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = choices

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).strip()
        if unknown := [place for place in PLACE.findall(text) if place not in PLACES]:
            known = "、".join(f"{{{place}}}" for place in PLACES)
            raise forms.ValidationError(f"没有“{{{unknown[0]}}}”这一项，大括号里只能写：{known}")
        return text
