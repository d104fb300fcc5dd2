"""Whom a branch belongs to: found in the register by its code, or stated where it is registered elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm, Look
from hongdun.lib import text, uscc
from hongdun.lib.names.content import REGION
from hongdun.register import queries as register
from hongdun.registration.naming import check_printable

if TYPE_CHECKING:
    from collections.abc import Mapping


class Parent(GovForm):
    uscc = forms.CharField(label="隶属企业的统一社会信用代码", max_length=22)
    name = forms.CharField(
        label="隶属企业的名称", max_length=100, required=False, help_text="在广西登记的按代码带出，不必填写"
    )
    looks: ClassVar[Mapping[str, Look]] = {"uscc": Look(width=20, autocomplete="off")}

    def clean_uscc(self) -> str:
        try:
            return str(uscc.parse(str(self.cleaned_data["uscc"])))
        except uscc.UsccError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "uscc" not in data:
            return data
        found = register.current(data["uscc"])
        if found is None:
            self._elsewhere(data)
        elif found.status != "active":
            self.add_error("uscc", f"“{found.name}”的登记状态为“{found.status_label}”，不能设立分支机构。")
        elif found.entity_type.branch or found.kind == "individual":
            self.add_error(
                "uscc",
                f"“{found.name}”是{found.entity_type.label}，不能设立分支机构，请填写总公司（总社）的代码。",
            )
        else:
            data |= {"name": found.name, "type": found.type, "entity": str(found.id)}
        return data

    def _elsewhere(self, data: dict[str, Any]) -> None:
        if data["uscc"][2:4] == REGION:
            self.add_error("uscc", "登记簿里没有这个代码，请对照隶属企业的营业执照核对。")
        elif not data.get("name"):
            self.add_error("name", "这个代码不在广西登记簿内，请照营业执照填写隶属企业的名称。")
        else:
            data["name"] = text.normalise_name(data["name"])


class ForeignParent(GovForm):
    """公司法 art. 243–245: a company founded abroad, and what it gives its branch to work with."""

    name = forms.CharField(label="外国公司的中文名称", max_length=100)
    country = forms.CharField(label="国籍", max_length=40)
    number = forms.CharField(label="所属国公司登记证书号码", max_length=60)
    funds = forms.DecimalField(
        label="拨付的经营资金", max_digits=14, decimal_places=6, min_value=0,
        help_text="与所从事的经营活动相适应（公司法第二百四十五条）",
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {
        "country": Look(width=10, example="新加坡"), "number": Look(width=20), "funds": Look(width=10, suffix="万元"),
    }  # fmt: skip

    def clean_name(self) -> str:
        return check_printable(text.normalise_name(str(self.cleaned_data["name"])))

    def clean_country(self) -> str:
        return check_printable(text.clean(str(self.cleaned_data["country"])))
