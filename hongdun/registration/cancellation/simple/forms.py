"""Simplified cancellation on line: which enterprise, the undertaking of all its investors, its scan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from hongdun.base.forms import GovForm
from hongdun.register import queries as register
from hongdun.registration.cancellation.simple.queries import PROMISE
from hongdun.registration.cancellation.simple.queries import TOPICS as LABELS
from hongdun.registration.forms import Topic
from hongdun.registration.steps import forms as steps
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.pages import Documents as Papers

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKS = (
    ("notice", "公示 20 日期满，没有异议（条例第三十三条第二款）"),
    ("window", "在公示期届满之日起 20 日内申请（条例第三十三条第二款）"),
    ("blockers", "没有细则第四十八条的情形"),
    ("undertaking", "承诺书由全体投资人签署（细则第四十七条）"),
    ("licence", "营业执照正、副本已缴回，或者公告作废（细则第二十三条）"),
)


class Checklist(steps.Checklist):
    points = CHECKS


class Promise(GovForm):
    """All investors sign (条例 art. 33): their names as registered are put there to be confirmed."""

    investors = forms.CharField(
        label="全体投资人", max_length=1000, help_text="用顿号隔开，须与登记的全部投资人一致"
    )
    undertaking = forms.BooleanField(
        label=f"全体投资人承诺：{PROMISE}",
        error_messages={
            "required": "简易注销须全体投资人作出承诺（条例第三十三条）；不能承诺的，请按普通程序清算后注销。"
        },
    )


class Whose(whose.Whose):
    procedure_code = "simple_cancellation"


class Closing(Topic):
    code, label = "closing", LABELS["closing"]

    def build(self) -> None:
        if "entity" not in self.data:
            self.form, self.lead = whose.First(self.posted), whose.First.asked_first
            return
        state = register.latest(whose.of(self.data)).particulars
        known = "、".join(each.holder for each in state.shares) or state.representative
        self.form = Promise(self.posted, initial=self.saved or {"investors": known})

    def save(self) -> Any:
        assert self.form is not None
        return self.form.cleaned_data


class Documents(Papers):
    filing = "simple_cancellation"
    # The licence is handed in on paper (细则 art. 23).
    left_out = frozenset({"application", "licence_returned"})


TOPICS: Mapping[str, type[Topic]] = {page.code: page for page in (Whose, Closing, Documents)}
