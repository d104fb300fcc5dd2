"""What is noted when files leave and when they arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look

if TYPE_CHECKING:
    from collections.abc import Mapping


class HandOver(GovForm):
    volumes = forms.IntegerField(label="移交卷数", min_value=1, max_value=999)
    way = forms.ChoiceField(
        label="移交方式", widget=forms.RadioSelect, initial="electronic",
        choices=[("electronic", "电子档案"), ("post", "机要或邮寄"), ("person", "专人送达")],
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {"volumes": Look(width=3, suffix="卷"), "way": Look(inline=True)}


class TakeOver(GovForm):
    volumes_received = forms.IntegerField(label="接收卷数", min_value=1, max_value=999)
    note = forms.CharField(label="与移交清单不符之处", max_length=300, required=False)
    looks: ClassVar[Mapping[str, Look]] = {"volumes_received": Look(width=3, suffix="卷")}
