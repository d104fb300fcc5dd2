"""The pages of the liquidators' notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from hongdun.base import clock
from hongdun.base.forms import GovForm
from hongdun.law import queries as law
from hongdun.registration.change.forms import pages as change
from hongdun.registration.change.forms.base import Changing
from hongdun.registration.naming import check_printable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from hongdun.registration.forms import Topic


class NoticeFields(GovForm):
    founded = forms.DateField(label="清算组成立的日期")
    head = forms.CharField(label="清算组负责人", max_length=60)
    members = forms.CharField(
        label="清算组成员", max_length=300, help_text="全部成员，含负责人，用顿号隔开；会公开"
    )
    contact = forms.CharField(
        label="债权人怎样申报",
        max_length=200,
        help_text="联系人、电话、地址；会公开，例如：清算组，0771-5500000，民族大道 100 号",
    )

    def clean_founded(self) -> date:
        day: date = self.cleaned_data["founded"]
        if day > clock.today():
            raise forms.ValidationError("成立日期晚于今天，请在清算组成立后公告。")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name in ("head", "members", "contact"):
            if data.get(name):
                data[name] = check_printable(str(data[name]).strip())
        if data.get("head") and data.get("members") and data["head"] not in data["members"]:
            self.add_error("members", f"成员里没有负责人“{data['head']}”，请补上。")
        return data


class Notice(Changing):
    code, label = "notice", "公告内容"

    def ask(self) -> None:
        named = law.rule("cancellation_liquidators", clock.today())
        claims = law.rule("creditor_claims", clock.today())
        self.lead = (
            f"清算组自成立之日起 {named.value} 日内公告名单（{named.citation}）；"
            f"债权人自公告之日起 {claims.value} 日内申报债权（{claims.citation}）。一份公告同时满足这两项。"
        )
        self.form = NoticeFields(self.posted, initial=self.saved)

    def save(self) -> Any:
        assert self.form is not None
        data = self.form.cleaned_data
        return data | {"founded": data["founded"].isoformat()}


class Whose(change.Whose):
    procedure_code = "liquidation_notice"


TOPICS: Mapping[str, type[Topic]] = {page.code: page for page in (Whose, Notice, change.Signer)}
