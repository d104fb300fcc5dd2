"""The two dates that a reader of the register may choose, and the address that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone

from hongdun.base.clock import today
from hongdun.base.fields import DateField
from hongdun.base.forms import FilterForm, GovForm, Look
from hongdun.lib import text
from hongdun.lib.entitytypes import KINDS
from hongdun.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict


class MomentForm(FilterForm):
    as_of = DateField(
        label="登记日期",
        help_text="看这一天的登记状态",
        required=False,
        error_messages={"invalid": "登记日期应为年-月-日，例如 2020-05-01"},
    )
    known_on = DateField(
        label="知悉日期",
        help_text="按登记簿在这一天的记载（此后的更正不计）",
        required=False,
        error_messages={"invalid": "知悉日期应为年-月-日，例如 2020-05-01"},
    )


@dataclass(frozen=True, slots=True)
class Moment:
    """A legal date, and the moment of knowledge (None: now); `asked` when the reader chose either."""

    on: date
    known: datetime | None
    asked: bool


def moment(form: MomentForm) -> Moment:
    """What a valid form asks for; a day of knowledge counts to its last microsecond."""
    on, known_on = form.cleaned_data["as_of"], form.cleaned_data["known_on"]
    known = timezone.make_aware(datetime.combine(known_on, time.max)) if known_on else None
    return Moment(on or today(), known, asked=bool(on or known_on))


def moment_form(query: QueryDict) -> MomentForm:
    return MomentForm({name: query.get(name, "") for name in MomentForm.base_fields})


class NameForm(GovForm):
    name = forms.CharField(
        label="拟用的名称",
        max_length=100,
        help_text="由行政区划、字号、行业、组织形式组成，例如：南宁邕江红豆商贸有限公司",
    )
    city = forms.TypedChoiceField(label="在哪个设区市登记", coerce=int, empty_value=None, required=False)
    kind = forms.ChoiceField(
        label="主体类型", choices=list(KINDS.items()), initial="enterprise", widget=forms.RadioSelect
    )
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(example="南宁邕江红豆商贸有限公司", autocomplete="off"),
        "kind": Look(inline=True),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["city"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.choices = [("", "按名称中的行政区划"), *org.city_choices()]

    def clean_name(self) -> str:
        return text.normalise_name(str(self.cleaned_data["name"]))
