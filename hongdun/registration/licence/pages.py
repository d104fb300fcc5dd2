"""The pages of filings about sheets of a licence."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from django import forms

from hongdun.base import clock
from hongdun.base.forms import GovForm, Look
from hongdun.parties import actions as parties
from hongdun.registration.change.forms import pages as change
from hongdun.registration.change.forms.base import Changing
from hongdun.registration.forms import Topic
from hongdun.registration.licence import holding
from hongdun.registration.licence.application import LABELS, WAYS_BACK, WORN
from hongdun.registration.licence.models import Delivery, VoidNotice
from hongdun.registration.naming import check_printable
from hongdun.registration.topics import pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from hongdun.register.models import Entity
    from hongdun.registration.licence.models import Sheet

MOST_COPIES = 10
CAUSES = [(each, each.label) for each in VoidNotice.Cause if each != VoidNotice.Cause.KEPT]


class Choice(GovForm):
    """Boxes of the sheets that a filing can be about."""

    sheets = forms.MultipleChoiceField(label="选择执照", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, known: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["sheets"]
        assert isinstance(choice, forms.MultipleChoiceField)
        choice.choices = holding.choices(known)


class LossFields(Choice):
    cause = forms.ChoiceField(label="原因", widget=forms.RadioSelect, choices=CAUSES)
    day = forms.DateField(label="发现遗失或者毁坏的日期")
    how = forms.CharField(
        label="经过", max_length=200, help_text="会公开，不要写身份证号、电话；例如：在办公室搬迁途中遗失"
    )
    promise = forms.BooleanField(
        label="我声明上列营业执照作废，知道公告后找到的旧执照也不再有效，应当交回",
        error_messages={"required": "声明作废须勾选；还在寻找的，可以先不办理。"},
    )
    looks: ClassVar[Mapping[str, Look]] = {"cause": Look(inline=True)}

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > clock.today():
            raise forms.ValidationError("日期晚于今天，请填实际发现的日期。")
        return day

    def clean_how(self) -> str:
        return check_printable(str(self.cleaned_data["how"]).strip())


class WornFields(Choice):
    worn = forms.ChoiceField(label="换领原因", widget=forms.RadioSelect, choices=list(WORN.items()))


class CopiesFields(GovForm):
    count = forms.IntegerField(label="增领几份副本", min_value=1, max_value=MOST_COPIES)
    purpose = forms.CharField(label="用途", max_length=60, help_text="例如：分支机构办理许可")
    looks: ClassVar[Mapping[str, Look]] = {"count": Look(width=3, suffix="份", inputmode="numeric")}

    def clean_purpose(self) -> str:
        return check_printable(str(self.cleaned_data["purpose"]).strip())


class DeliveryFields(GovForm):
    """`home` is the address: like every address of a person it is sealed, never kept as typed."""

    way = forms.ChoiceField(
        label="怎样领取营业执照", widget=forms.RadioSelect, choices=Delivery.Way.choices, initial=Delivery.Way.PICKUP,
        help_text="电子营业执照与纸质营业执照具有同等法律效力；核发后都可以在“我的办件”下载",
    )  # fmt: skip
    name = forms.CharField(label="收件人或者领取人姓名", max_length=60, required=False)
    phone = forms.CharField(label="手机号码", max_length=20, required=False, help_text="邮寄的须填写")
    home = forms.CharField(
        label="邮寄地址", max_length=120, required=False, help_text="邮寄的须填写，写到门牌号"
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(width=10, autocomplete="name"), "phone": Look(width=20, inputmode="tel", autocomplete="tel"),
        "home": Look(autocomplete="street-address"),
    }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("way") == Delivery.Way.POST:
            for name, label in (("name", "收件人姓名"), ("phone", "手机号码"), ("home", "邮寄地址")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, f"选择邮寄的，请填写{label}。")
        return data

    def clean_name(self) -> str:
        return check_printable(str(self.cleaned_data["name"]).strip())


def kept_delivery(cleaned: Mapping[str, Any]) -> dict[str, str]:
    """The way and the receiver's name; address and telephone are sealed with the person."""
    found = {"way": str(cleaned["way"]), "name": str(cleaned["name"])}
    if cleaned["way"] == Delivery.Way.POST:
        person = parties.remember_person(
            name=cleaned["name"], phone=cleaned["phone"], address=cleaned["home"]
        )
        found["person"] = str(person.id)
    return found


def chosen_delivery(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """As `delivering.choose` takes it."""
    kept = kept_delivery(cleaned)
    return {**kept, "person": UUID(kept["person"]) if "person" in kept else None}


class WayBackFields(GovForm):
    way = forms.ChoiceField(label="怎样交回", widget=forms.RadioSelect, choices=list(WAYS_BACK.items()))
    tracking = forms.CharField(label="邮件号", max_length=40, required=False, help_text="已经寄出的填写")
    looks: ClassVar[Mapping[str, Look]] = {"tracking": Look(width=20, autocomplete="off")}


class Sheets(Changing):
    """Subclasses say which sheets can be chosen, by which fields."""

    code, label = "sheets", LABELS["sheets"]
    fields: ClassVar[type[Choice]] = Choice
    all_meant: ClassVar[bool] = False  # else nobody gives up a sheet by overlooking a tick

    @abstractmethod
    def known(self, entity: Entity) -> list[Sheet]:
        """The sheets that can be chosen."""

    def ask(self) -> None:
        self.sheets = self.known(self.entity)
        first = {
            "sheets": [holding.key(each) for each in self.sheets if self.all_meant or len(self.sheets) == 1]
        }
        saved = (self.saved or {}) | {
            "sheets": [holding.key(each) for each in (self.saved or {}).get("sheets", ())]
        }
        self.form = self.fields(self.posted, initial=saved if self.saved else first, known=self.sheets)

    def save(self) -> Any:
        assert self.form is not None
        data = {name: value for name, value in self.form.cleaned_data.items() if name != "promise"}
        if "day" in data:
            data["day"] = data["day"].isoformat()
        return data | {"sheets": holding.chosen(data["sheets"], self.sheets)}


class Lost(Sheets):
    fields = LossFields
    lead = "遗失或者毁坏的，由市场主体自己声明作废，提交后立即向社会公告（市场主体登记管理条例第三十七条第二款）。"

    def known(self, entity: Entity) -> list[Sheet]:
        return holding.declarable(entity)


class Missing(Sheets):
    all_meant = True
    lead = "补领已经声明作废的执照，按现在的登记事项核发。"

    def known(self, entity: Entity) -> list[Sheet]:
        return holding.missing(entity)


class Worn(Sheets):
    fields = WornFields
    lead = "领新执照时交回旧执照；旧执照已经毁坏、交不回的，请改办“营业执照作废声明”后补领。"

    def known(self, entity: Entity) -> list[Sheet]:
        return holding.in_force(entity)


class HandedIn(Sheets):
    lead = "不再需要的副本、变更后换下的旧执照、注销后的执照，都可以交回（市场主体登记管理条例第三十七条第三款）。"

    def known(self, entity: Entity) -> list[Sheet]:
        return holding.returnable(entity)


class MoreCopies(Changing):
    code, label = "sheets", LABELS["sheets"]

    def ask(self) -> None:
        self.form = CopiesFields(self.posted, initial=self.saved)


class HowDelivered(Topic):
    code, label = "delivery", LABELS["delivery"]

    def build(self) -> None:
        self.form = DeliveryFields(self.posted, initial=self.saved)

    def save(self) -> Any:
        assert self.form is not None
        return kept_delivery(self.form.cleaned_data)


class WayBack(Topic):
    code, label = "way_back", LABELS["way_back"]

    def build(self) -> None:
        self.form = WayBackFields(self.posted, initial=self.saved or {"way": "counter"})


class Documents(pages.Documents):
    """The form is the application; what is worn is handed in across the counter."""

    filing = "licence"
    left_out = frozenset({"application", "worn_licence"})


def topics(procedure_code: str, *between: type[Topic]) -> dict[str, type[Topic]]:
    """Whose licence first, who signs last."""

    class Whose(change.Whose):
        pass

    Whose.procedure_code = procedure_code
    asked: tuple[type[Topic], ...] = (Whose, *between, change.Signer)
    return {page.code: page for page in asked}
