"""The pages of a notice to creditors."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.forms import GovForm, Look
from hongdun.law import queries as law
from hongdun.registration.change.forms import pages as change
from hongdun.registration.change.forms.base import Changing
from hongdun.registration.models import DecreaseNotice
from hongdun.registration.naming import check_printable
from hongdun.registration.topics import pages
from hongdun.registration.topics.terms import WAN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hongdun.registration.forms import Topic


class NoticeFields(GovForm):
    capital = forms.DecimalField(
        label="减少后的注册资本",
        max_digits=14,
        decimal_places=6,
        min_value=Decimal("0.000001"),
        help_text="减资以后还有多少",
    )
    basis = forms.ChoiceField(
        label="减资方式", choices=DecreaseNotice.Basis.choices, widget=forms.RadioSelect, initial="general",
        help_text="弥补亏损的，不得向股东分配，也不得免除出资义务；债权人不能据此要求清偿或者担保",
    )  # fmt: skip
    resolved = forms.DateField(label="作出减资决议的日期")
    contact = forms.CharField(
        label="债权人怎样申报",
        max_length=200,
        help_text="联系人、电话、地址；会公开，例如：财务部，0771-5500000，民族大道 100 号",
    )
    looks: ClassVar[Mapping[str, Look]] = {"capital": Look(width=10, suffix="万元", inputmode="decimal")}

    def __init__(self, *args: Any, before: Decimal | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = before

    def clean_capital(self) -> Decimal:
        wanted: Decimal = self.cleaned_data["capital"]
        if self.before is not None and wanted * WAN >= self.before:
            raise forms.ValidationError(
                f"应当少于登记的注册资本 {self.before / WAN:f} 万元；增加注册资本不用公告。"
            )
        return wanted

    def clean_resolved(self) -> date:
        """公司法 art. 224: announced within 30 days of the resolution."""
        day: date = self.cleaned_data["resolved"]
        if day > clock.today():
            raise forms.ValidationError("决议日期晚于今天，请填已经作出决议的日期。")
        return day

    def clean_contact(self) -> str:
        return check_printable(str(self.cleaned_data["contact"]).strip())


class Notice(Changing):
    code, label = "notice", "公告内容"

    def ask(self) -> None:
        rule = law.rule("decrease_notice", clock.today())
        within = law.rule("decrease_announcement", clock.today())
        self.lead = (
            f"公告 {rule.value} 日，届满后才能申请减资变更登记（{rule.citation}）；"
            f"应当自决议之日起 {within.value} 日内公告（{within.citation}）。"
        )
        self.form = NoticeFields(self.posted, initial=self.saved, before=self.entity.capital)

    def save(self) -> Any:
        assert self.form is not None
        data = self.form.cleaned_data
        return data | {"capital": pages.plain(data["capital"]), "resolved": data["resolved"].isoformat()}


class Whose(change.Whose):
    procedure_code = "decrease_notice"


TOPICS: Mapping[str, type[Topic]] = {page.code: page for page in (Whose, Notice, change.Signer)}
