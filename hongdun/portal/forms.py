"""What a reader of the register may choose, and the addresses that hold it: dates, and the filters of a search."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone

from hongdun.base.clock import today
from hongdun.base.fields import DateField
from hongdun.base.forms import FilterForm, GovForm, Look
from hongdun.lib import entitytypes, industries, organs, text
from hongdun.lib.entitytypes import KINDS
from hongdun.lib.particulars import STATUSES
from hongdun.org import queries as org
from hongdun.org.models import Level, Organ
from hongdun.register.queries import Narrow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

BUREAU = "市场监督管理局"


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


TYPES = [
    ("", "全部"),
    *entitytypes.KINDS.items(),
    ("具体类型", [(each.code, each.label) for each in entitytypes.TYPES.values()]),
]
INVALID_DATE = {"invalid": "成立日期应为年-月-日，例如 2020-05-01"}


class SearchForm(FilterForm):
    """Filters of the search, beside the form that holds the words."""

    where = forms.ChoiceField(
        label="查找范围",
        required=False,
        choices=[("", "名称优先"), ("name", "名称"), ("address", "住所（经营场所）"), ("scope", "经营范围")],
    )
    city = forms.ChoiceField(label="设区市", required=False)
    county = forms.ChoiceField(label="县（市、区）", required=False)
    status = forms.ChoiceField(label="登记状态", required=False, choices=[("", "全部"), *STATUSES.items()])
    type = forms.ChoiceField(label="类型", required=False, choices=TYPES)
    industry = forms.ChoiceField(
        label="行业",
        required=False,
        choices=[("", "全部"), *((each.code, each.label) for each in industries.SECTIONS)],
    )
    founded_from = DateField(label="成立日期，从", required=False, error_messages=INVALID_DATE)
    founded_to = DateField(label="成立日期，至", required=False, error_messages=INVALID_DATE)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        for each in self.fields.values():
            each.widget.attrs["form"] = "search"
        cities = Organ.objects.filter(level=Level.CITY)
        self._choices("city", ((organs.division(each.code)[:4], _place(each.name)) for each in cities))
        self._choices("county", _counties(query.get("city", "")))

    def _choices(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [("", "全部"), *choices]

    def narrow(self) -> Narrow:
        """Fields that are wrong count as not given: an old bookmark still opens, and the page says what is wrong."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value and name != "where"}
        return Narrow(**given)

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, as the address holds them."""
        return {name: value for name in self.fields if (value := self.data.get(name, ""))}


def _counties(city: str) -> list[tuple[str, str]]:
    """Those of a city; without one chosen there would be more than a list can hold."""
    if len(city) != 4 or not city.isdecimal():  # noqa: PLR2004 - digits of a city
        return []
    found = Organ.objects.in_scope(int(city) * 100_000).filter(level=Level.COUNTY).select_related("parent")
    return [
        (organs.division(each.code), _place(each.name.removeprefix(_place(str(each.parent)))))
        for each in found
    ]


def _place(bureau: str) -> str:
    """南宁市 from 南宁市市场监督管理局."""
    return bureau.removesuffix(BUREAU)
