from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look

if TYPE_CHECKING:
    from collections.abc import Mapping

AREA = forms.Textarea(attrs={"rows": 3})


class Stance(GovForm):
    token = forms.CharField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(
        label="是否同意调解",
        choices=[("agree", "同意调解"), ("decline", "不同意调解")],
        widget=forms.RadioSelect,
        help_text="双方都同意才能调解；不同意的，终止调解，您可以另行起诉或者申请仲裁",
    )
    words = forms.CharField(label="想对调解人员说的话", required=False, max_length=1000, widget=AREA)
    looks: ClassVar[Mapping[str, Look]] = {"stance": Look(inline=True)}
