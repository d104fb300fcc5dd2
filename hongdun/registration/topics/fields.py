"""Fields of the shared topics."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.forms import GovForm, Look
from hongdun.lib import organs, scopeitems, text
from hongdun.org import queries as org
from hongdun.registration import jurisdiction
from hongdun.registration.naming import check_printable
from hongdun.registration.wording import RIGHTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.registration.kinds import Holders


class Domicile(GovForm):
    """`draft`: the whole application; the type that it states decides which authority registers it (细则 art. 4)."""

    organ = forms.TypedChoiceField(
        label="登记机关", coerce=int, help_text="住所所在县（市、区）或开发区的市场监督管理局"
    )
    place = forms.TypedChoiceField(
        label="住所所在县（市、区）",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="登记机关是市局、区局的填写",
    )
    address = forms.CharField(
        label="住所", max_length=200, help_text="写到门牌号，例如：南宁市青秀区民族大道 100 号 1 号楼 1201 室"
    )
    right = forms.ChoiceField(
        label="住所怎样取得", widget=forms.RadioSelect,
        choices=list(RIGHTS.items()),
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {
        "right": Look(inline=True),
        "address": Look(autocomplete="street-address"),
    }

    def __init__(self, *args: Any, draft: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stated = (draft or {}).get("name", {})
        self.type, self.owner = stated.get("type", ""), "provincial" if stated.get("provincial") else ""
        today = clock.today()
        above = self.type and not jurisdiction.only_counties([self.type], owners=[self.owner], on=today)
        counties = org.county_choices()
        self._choose("organ", org.bureau_choices() if above else counties)
        self._choose("place", counties)
        if not above:
            del self.fields["place"]
        else:
            rule = jurisdiction.rule(self.type, owner=self.owner, on=today)
            self.fields["organ"].help_text = f"{rule.says}（{rule.article}）"

    def _choose(self, name: str, choices: list[tuple[str, list[tuple[int, str]]]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", "请选择"), *choices]

    def clean_address(self) -> str:
        return check_printable(text.clean(str(self.cleaned_data["address"])))

    def clean_organ(self) -> int:
        organ = int(self.cleaned_data["organ"])
        if self.type and (
            problem := jurisdiction.problem(self.type, organ, owner=self.owner, on=clock.today())
        ):
            raise forms.ValidationError(problem)
        return organ

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        organ, place = data.get("organ"), data.get("place")
        if "place" in self.fields and organ and not place:
            self.add_error("place", "请选择住所所在的县（市、区），营业执照上的住所和当地监管所都按它确定。")
        elif organ and place and organ not in organs.ancestors(place):
            self.add_error("place", f"所选的县（市、区）不在“{org.organ(organ).name}”的辖区内，请核对。")
        return data


class Station(GovForm):
    """Which station's grid the place lies in; asked once the bureau is known."""

    station = forms.TypedChoiceField(
        label="住所所在的乡镇或街道", coerce=int, empty_value=None, required=False
    )

    def __init__(self, *args: Any, organ: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["station"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [("", "不清楚，由登记机关确定"), *org.station_choices(organ)]


class Missing(GovForm):
    """Shown instead of a topic that needs an earlier one first."""

    asked_first: ClassVar[str] = "请先填写住所那一项，再到这里选择乡镇、街道。"

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError(self.asked_first)


class Scope(GovForm):
    scope = forms.CharField(
        label="经营范围", max_length=1500, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="一项一项写，用分号隔开，主要的写在第一项。需要许可的项目写在“许可项目：”之后。",
    )  # fmt: skip
    term = forms.ChoiceField(
        label="营业期限", choices=[("long", "长期"), ("years", "有期限")], widget=forms.RadioSelect
    )
    years = forms.IntegerField(label="多少年", required=False, min_value=1, max_value=99)
    looks: ClassVar[Mapping[str, Look]] = {"term": Look(inline=True), "years": Look(width=3, suffix="年")}

    def clean_scope(self) -> str:
        scope = text.clean(str(self.cleaned_data["scope"])).strip()
        if not scopeitems.split(scope).items:
            raise forms.ValidationError("请至少写一项经营项目，例如：软件开发；信息技术咨询服务。")
        return check_printable(scope)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("term") == "years" and not data.get("years"):
            self.add_error("years", "选择了“有期限”，请填写年数，例如 20。")
        return data


class Capital(GovForm):
    capital = forms.DecimalField(
        label="注册资本", max_digits=14, decimal_places=6, min_value=Decimal("0.000001")
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "capital": Look(width=10, suffix="万元", example="50", inputmode="decimal")
    }

    def __init__(self, *args: Any, of: Holders, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["capital"]
        field.label = of.total
        if of.pays == "five_years":
            field.help_text = "全体股东认缴的出资额，五年内缴足（公司法第四十七条）"
