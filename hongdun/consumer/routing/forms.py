"""Who gets a case next: the subordinates, the one that the rules propose first, with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.fields import DateField
from hongdun.base.forms import Look
from hongdun.cases.forms import CaseForm
from hongdun.consumer.queries import dispatch
from hongdun.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.cases.models import Case


class Route(CaseForm):
    route_to = forms.ChoiceField(label="承办单位", required=False, widget=forms.RadioSelect)
    report_by = DateField(label="反馈日期", required=False, help_text="分送通知书上写明的报告办理结果的日期")

    @property
    def looks(self) -> Mapping[str, Look]:  # type: ignore[override]  # the reasons are those of this case
        fold = "没有承办岗位人员的单位"
        return {"route_to": Look(small=True, choice_hints=self.hints, folded=self.folded, fold=fold)}

    def __init__(self, data: Any = None, *, case: Case) -> None:
        self.hints: dict[str, str] = {}
        self.folded: frozenset[str] = frozenset()
        super().__init__(data, case=case)
        proposals = dispatch.proposals(case)
        field = self.fields["route_to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(each.organ), each.name) for each in proposals]
        self.hints = {str(each.organ): "；".join(each.reasons) for each in proposals}
        if any(each.is_staffed for each in proposals):
            self.folded = frozenset(
                str(each.organ) for each in proposals if not (each.is_staffed or each.is_proposed)
            )
        if proposals and proposals[0].is_proposed:
            self.initial["route_to"] = str(proposals[0].organ)


class Assign(CaseForm):
    lead = forms.ChoiceField(label="主办人", required=False, help_text="指派时必须选择")
    assistant = forms.ChoiceField(label="协办人", required=False)
    looks: ClassVar[Mapping[str, Look]] = {}

    def __init__(self, data: Any = None, *, case: Case) -> None:
        super().__init__(data, case=case)
        posts = org.holders(organ=case.organ, roles={"station"})
        people = list({str(post.officer_id): post.officer.name for post in posts}.items())
        for name in ("lead", "assistant"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "请选择"), *people]
        if len(people) == 1:
            self.initial["lead"] = people[0][0]
