"""Fields of filings about individual businesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.forms import GovForm, GovFormSet, Look
from hongdun.lib import organs, scopeitems, text
from hongdun.org import queries as org
from hongdun.registration import naming, scopes
from hongdun.registration.individual import terms
from hongdun.registration.naming import check_printable
from hongdun.registration.topics.people import PersonFields

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.register.queries import Naming


class Composition(GovForm):
    """Where the operator lives, and with whom he runs the shop (细则 art. 6 item 7)."""

    home = forms.CharField(
        label="经营者住所", max_length=200, help_text="身份证上的住址，或者现在的经常居住地"
    )
    composition = forms.ChoiceField(
        label="谁来经营", widget=forms.RadioSelect, initial="personal",
        choices=[("personal", "我一个人经营"), ("family", "家庭成员一起经营")],
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {"home": Look(autocomplete="street-address")}

    def clean_home(self) -> str:
        return check_printable(text.clean(str(self.cleaned_data["home"])))


class Relative(PersonFields):
    field_order = ("name", "id_number", "phone")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.lacks_number():
            self.add_error("id_number", "请填写家庭成员的身份证号码，18 位。")
        return data


class Relatives(GovFormSet):
    noun = "家庭成员"
    measure = "名"


class Place(GovForm):
    """The station is asked with the address: it registers the shop (条例 art. 5)."""

    station = forms.TypedChoiceField(label="在哪个乡镇、街道", coerce=int)
    address = forms.CharField(
        label="经营场所", max_length=200, help_text="写到门牌号，例如：南宁市青秀区长湖路 18 号 3 号铺面"
    )
    looks: ClassVar[Mapping[str, Look]] = {"address": Look(autocomplete="street-address")}

    def __init__(self, *args: Any, county: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["station"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [("", "请选择"), *org.station_choices(county)]

    def clean_address(self) -> str:
        return check_printable(text.clean(str(self.cleaned_data["address"])))


class County(GovForm):
    organ = forms.TypedChoiceField(label="店开在哪个县（市、区）", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["organ"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [("", "请选择"), *org.county_choices()]


class NoCounty(GovForm):
    """Shown instead of the place as long as the county isn't chosen."""

    asked_first: ClassVar[str] = "请先选择“店开在哪个县（市、区）”，再填经营场所。"

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError(self.asked_first)


class Scope(GovForm):
    """What the shop does, ticked from common words; what isn't there is typed."""

    needed = frozenset({"chosen"})
    chosen = forms.MultipleChoiceField(
        label="做什么生意", required=False, widget=forms.CheckboxSelectMultiple, choices=[],
        help_text="勾选要做的，可以多选",
    )  # fmt: skip
    more = forms.CharField(
        label="上面没有的，写在这里", required=False, max_length=500,
        help_text="一项一项写，用分号隔开，例如：竹编制品销售；渔具销售",
    )  # fmt: skip

    @property
    def looks(self) -> Mapping[str, Look]:  # type: ignore[override]  # permits are those of today
        hints = {each.text: each.hint for each in scopes.of_shops(on=clock.today())}
        return {"chosen": Look(small=True, choice_hints=hints)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["chosen"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = [(each.text, each.text) for each in scopes.of_shops(on=clock.today())]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        return clean_scope(self, data)


def clean_scope(form: forms.Form, data: dict[str, Any]) -> dict[str, Any]:
    """Put the scope together under `scope`; it must hold an item and be printable."""
    scope = terms.composed(data.get("chosen") or (), text.clean(str(data.get("more") or "")))
    if not scopeitems.split(scope).items:
        form.add_error("chosen", "请至少勾选或者填写一项，例如：日用百货销售。")
        return data
    try:
        data["scope"] = check_printable(scope)
    except forms.ValidationError as problem:
        form.add_error("more", problem)
    return data


class Name(naming.NameFields):
    """A shop may do without a name (细则 art. 6 item 7)."""

    field_order: tuple[str, ...] = ("name", "undertaking")

    def __init__(
        self, *args: Any, draft: Mapping[str, Any], reserved: frozenset[UUID] = frozenset(), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.draft, self.reserved = draft, reserved
        for unused in ("trade", "industry", "link", "link_code"):
            del self.fields[unused]
        self.fields["name"].required = False
        self.fields["name"].label = "名称"
        self.fields[
            "name"
        ].help_text = (
            "可以不起名字，留空即可。起名的例如：南宁市青秀区阿红米粉店（行政区划、字号、行业、组织形式）"
        )

    def naming(self, data: Mapping[str, Any]) -> Naming:
        return terms.naming({**self.draft, "name": data}, reserved=self.reserved)


class Operator(PersonFields):
    """The person who stands at the counter; the officer has looked at the identity card (细则 art. 16)."""

    home = forms.CharField(label="住所", max_length=200, help_text="身份证上的住址")
    checked = forms.ChoiceField(
        label="身份核对", widget=forms.RadioSelect, initial="original",
        choices=[("original", "核对原件"), ("reader", "读卡核对"), ("notarised", "公证文件")],
    )  # fmt: skip
    field_order = ("name", "id_number", "phone", "home", "checked")
    looks: ClassVar[Mapping[str, Look]] = {
        **PersonFields.looks, "home": Look(autocomplete="off"), "checked": Look(inline=True, small=True),
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["id_number"].required = True
        self.fields["name"].widget.attrs["autofocus"] = True


class CounterPlace(GovForm):
    """At a station's own counter only the address is asked; at a bureau's, the station too."""

    station = forms.TypedChoiceField(label="乡镇、街道", coerce=int)
    address = forms.CharField(label="经营场所", max_length=200)
    looks: ClassVar[Mapping[str, Look]] = {"address": Look(autocomplete="off")}

    def __init__(self, *args: Any, organ: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["station"]
        assert isinstance(choice, forms.TypedChoiceField)
        county = organs.county_of(organ) or organ
        choice.choices = org.station_choices(county)
        if organs.level(organ) == organs.STATION:
            choice.choices = [(code, short) for code, short in org.station_choices(county) if code == organ]
            choice.initial, choice.widget = organ, forms.HiddenInput()

    def clean_address(self) -> str:
        return check_printable(text.clean(str(self.cleaned_data["address"])))


class Receipt(GovForm):
    """When the application was handed in; an earlier day wants its reason."""

    received = forms.DateField(label="收件日期", help_text="不是今天收的，填实际收到的日期并说明原因")
    late = forms.CharField(label="补录原因", required=False, max_length=120)
    looks: ClassVar[Mapping[str, Look]] = {"late": Look(autocomplete="off")}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        received, today = data.get("received"), clock.today()
        if received and received > today:
            self.add_error("received", f"收件日期不能晚于今天（{today}）。")
        if received and received < today and not data.get("late"):
            self.add_error("late", "收件日期早于今天，请写明原因，例如：停电，当日手工收件。")
        return data
