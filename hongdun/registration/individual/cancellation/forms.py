"""Closing a shop, on a phone: which, why, and the tax clearance or the undertaking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from hongdun.base.forms import GovForm
from hongdun.registration.forms import Topic
from hongdun.registration.individual.cancellation.queries import REASONS, UNDERTAKING
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.pages import Documents as Papers

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reason(GovForm):
    reason = forms.ChoiceField(label="为什么注销", choices=list(REASONS.items()), widget=forms.RadioSelect)


class Promise(Reason):
    undertaking = forms.BooleanField(
        label=f"我承诺：{UNDERTAKING}，并对此承担法律责任",
        help_text="市场主体登记管理条例第三十三条",
        error_messages={
            "required": "按简易程序注销须作出承诺；有没结清的，请先结清，或者凭清税证明办理普通注销。"
        },
    )


class Whose(whose.Whose):
    procedure_code = "individual_cancellation"


class Closing(Topic):
    code, label = "closing", "为什么注销"
    form_class: type[Reason] = Reason

    def build(self) -> None:
        self.form = self.form_class(self.posted, initial=self.saved)

    def save(self) -> Any:
        assert self.form is not None
        return self.form.cleaned_data


class Documents(Papers):
    filing = "cancellation"
    applies_to = "individual"
    # The licence is handed in on paper (细则 art. 23).
    left_out = frozenset({"application", "licence_returned", "court_appointment"})


TOPICS: Mapping[str, type[Topic]] = {page.code: page for page in (Whose, Closing, Documents)}
