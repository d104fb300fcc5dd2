from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from hongdun.cases.forms import CaseForm
from hongdun.consumer.report import queries
from hongdun.consumer.routing.forms import Route

if TYPE_CHECKING:
    from hongdun.cases.models import Case


class Placing(Route):
    """To a station, or together with the same report that is open already (art. 35)."""

    join_to = forms.CharField(label="并入的举报编号", required=False, max_length=40)
    has_new_facts = forms.BooleanField(label="有新的事实，核查期限从本次收到之日重新计算", required=False)


class Decision(CaseForm):
    """Since 2026-04-15 a reporter is told of the result only where another law says so (art. 36)."""

    tell_under = forms.ChoiceField(
        label="告知举报人的依据", required=False, help_text="选择后自动出具举报处理结果告知书"
    )

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data, case=case)
        field = self.fields["tell_under"]
        assert isinstance(field, forms.ChoiceField)
        found = queries.laws(case)
        field.choices = [
            ("", "其他法律没有规定告知"),
            *((line["code"], f"{line['label']}（{line.citation}）") for line in found),
        ]
        if not found:
            del self.fields["tell_under"]
        self.initial["tell_under"] = queries.usual(case)
