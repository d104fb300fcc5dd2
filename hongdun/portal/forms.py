"""The two dates that a reader of the register may choose, and the address that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from hongdun.base.clock import today
from hongdun.base.fields import DateField
from hongdun.base.forms import FilterForm

if TYPE_CHECKING:
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
