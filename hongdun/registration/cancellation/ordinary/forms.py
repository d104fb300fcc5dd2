"""Cancellation on line: which enterprise, how and when it was liquidated, its papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.forms import GovForm, Look
from hongdun.law import queries as law
from hongdun.registration.cancellation.ordinary.queries import TOPICS as LABELS
from hongdun.registration.cancellation.ordinary.queries import WAYS, too_early
from hongdun.registration.forms import Topic
from hongdun.registration.liquidation import queries as announced
from hongdun.registration.steps import forms as steps
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics.pages import Documents as Papers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongdun.law.models import RequiredDocument

OF_LIQUIDATION = {
    "liquidators": "清算组成员", "founded": "清算组成立的日期", "announced": "公告清算组名单的日期",
    "creditors": "公告债权人的日期",
}  # fmt: skip
CHECKS = (
    ("liquidators", "清算组名单自成立之日起 10 日内公告（条例第三十二条第一款）"),
    ("creditors", "债权人公告满 45 日（公司法第二百三十五条）"),
    ("tax", "清税证明有效（细则第四十六条第四项）"),
    ("branches", "分支机构都已注销（条例第三十二条第二款）"),
    ("documents", "决议、清算报告齐全，签字盖章完整（细则第四十六条）"),
    ("licence", "营业执照正、副本已缴回，或者公告作废（细则第二十三条）"),
)


class Checklist(steps.Checklist):
    points = CHECKS


class Liquidation(GovForm):
    way = forms.ChoiceField(label="怎样终止的", choices=list(WAYS.items()), widget=forms.RadioSelect)
    liquidators = forms.CharField(
        label=OF_LIQUIDATION["liquidators"],
        required=False,
        max_length=300,
        help_text="负责人写在第一位，用顿号隔开；这一项和下面三个日期，没有清算的不填",
    )
    founded = forms.DateField(label=OF_LIQUIDATION["founded"], required=False)
    announced = forms.DateField(
        label=OF_LIQUIDATION["announced"],
        required=False,
        help_text="自清算组成立之日起 10 日内（条例第三十二条）",
    )
    creditors = forms.DateField(
        label=OF_LIQUIDATION["creditors"], required=False, help_text="公告期 45 日（公司法第二百三十五条）"
    )
    finished = forms.DateField(
        label="清算结束的日期", help_text="没有清算的，填作出注销决定或者裁定的日期；自这一天起 30 日内申请"
    )
    clearance = forms.CharField(label="清税证明文号", max_length=60)
    looks: ClassVar[Mapping[str, Look]] = {"clearance": Look(width=20, autocomplete="off")}
    needed = frozenset(OF_LIQUIDATION)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("way") == "liquidated":
            self._check_liquidation(data)
        if data.get("finished") and data["finished"] > clock.today():
            self.add_error("finished", f"结束日期不能晚于今天（{clock.today()}），请清算结束后再申请。")
        return data

    def _check_liquidation(self, data: dict[str, Any]) -> None:
        for name, label in OF_LIQUIDATION.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, f"经清算的，请填写{label}。")
        if self.errors:
            return
        if not data["founded"] <= data["announced"] or not data["founded"] <= data["creditors"]:
            self.add_error("founded", "公告的日期不能早于清算组成立的日期，请核对。")
        elif problem := too_early(creditors=data["creditors"], finished=data["finished"]):
            self.add_error("finished", problem)


class Whose(whose.Whose):
    procedure_code = "cancellation"


class LiquidationPage(Topic):
    code, label = "liquidation", LABELS["liquidation"]

    def build(self) -> None:
        self.form = Liquidation(self.posted, initial=self.saved or self._announced())

    def _announced(self) -> dict[str, Any]:
        """What was announced here isn't asked again (条例 art. 16)."""
        notice = announced.of(whose.of(self.data)) if "entity" in self.data else None
        if notice is None:
            return {}
        return {
            "way": "liquidated", "liquidators": notice.members, "founded": notice.founded,
            "announced": notice.published, "creditors": notice.published,
        }  # fmt: skip

    def save(self) -> Any:
        assert self.form is not None
        typed = self.form.cleaned_data
        return {name: str(value) if value else "" for name, value in typed.items()}


class Documents(Papers):
    """A merger or division needs no report of liquidation (细则 art. 46)."""

    filing = "cancellation"
    applies_to = "company"
    # The licence is handed in on paper (细则 art. 23).
    left_out = frozenset({"application", "licence_returned"})

    def required(self) -> Sequence[RequiredDocument]:
        way = self.data.get("liquidation", {}).get("way")
        spared = {"liquidation"} if way in {"merged", "none"} else set()
        papers = law.required_documents(self.filing, clock.today(), applies_to=self.applies_to)
        return [each for each in papers if each.code not in self.left_out | spared]


TOPICS: Mapping[str, type[Topic]] = {page.code: page for page in (Whose, LiquidationPage, Documents)}
