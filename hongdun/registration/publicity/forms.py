"""What a reader of the notices may choose; the address holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from hongdun.base.fields import DateField
from hongdun.base.forms import FilterForm
from hongdun.org import queries as org
from hongdun.registration.publicity.models import Announcement
from hongdun.registration.publicity.queries import STATES, Asked

if TYPE_CHECKING:
    from django.http import QueryDict

INVALID_DATE = {"invalid": "公告日期应为年-月-日，例如 2026-05-01"}


class NoticeSearch(FilterForm):
    """Filters beside the form that holds the words."""

    kind = forms.ChoiceField(label="类型", required=False, choices=[("", "全部"), *Announcement.Kind.choices])
    city = forms.ChoiceField(label="设区市", required=False)
    state = forms.ChoiceField(label="状态", required=False, choices=[("", "全部"), *STATES.items()])
    first = DateField(label="公告日期，从", required=False, error_messages=INVALID_DATE)
    last = DateField(label="公告日期，至", required=False, error_messages=INVALID_DATE)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        for each in self.fields.values():
            each.widget.attrs["form"] = "search"
        choice = self.fields["city"]
        assert isinstance(choice, forms.ChoiceField)
        cities = [(str(code)[:4], label) for code, label in org.city_choices()]
        choice.choices = [("", "全部"), *cities]

    def asked(self, words: str) -> Asked:
        """Fields that are wrong count as not given: an old bookmark still opens, and the page says what is wrong."""
        self.is_valid()
        return Asked(words, **{name: value for name, value in self.cleaned_data.items() if value})

    @property
    def chosen(self) -> bool:
        return any(self.data.get(name) for name in self.fields)
