"""The people of a company: shareholders with what they subscribe, members with what they do."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base import clock
from hongdun.base.forms import GovForm, GovFormSet, Look
from hongdun.lib import masking, residents, text, uscc
from hongdun.parties import queries as parties
from hongdun.registration.naming import check_printable
from hongdun.registration.topics.terms import years_after
from hongdun.registration.wording import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

LONGEST_TERM_YEARS = 5


def check_id_number(value: str) -> str:
    number = text.clean(value).upper().replace(" ", "")
    if problem := residents.problem(number):
        raise forms.ValidationError(f"{problem}。")
    return number


class PersonFields(GovForm):
    """A natural person: known ones keep their number unless a new one is typed."""

    person = forms.CharField(required=False, widget=forms.HiddenInput)
    masked = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(label="身份证号码", required=False, max_length=22)
    phone = forms.CharField(label="手机号码", required=False, max_length=16)
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(width=10, autocomplete="off"), "id_number": Look(width=20, autocomplete="off"),
        "phone": Look(width=20, inputmode="tel", autocomplete="off"),
    }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self["masked"].value()
        if known:
            self.fields["id_number"].help_text = f"已保存 {known}，不改可留空"

    def clean_id_number(self) -> str:
        value = str(self.cleaned_data.get("id_number") or "")
        return check_id_number(value) if value.strip() else ""

    def clean_person(self) -> str:
        """Only persons whom the applicant stated: with another's id the number is asked for anew."""
        known = str(self.cleaned_data.get("person") or "")
        return known if parties.is_own_statement(known) else ""

    def clean_name(self) -> str:
        return check_printable(str(self.cleaned_data["name"]).strip())

    def clean_phone(self) -> str:
        value = text.clean(str(self.cleaned_data.get("phone") or "")).replace(" ", "")
        if value and not re.fullmatch(r"1\d{10}", value):
            raise forms.ValidationError("手机号码应为 11 位数字，例如 13800000000。")
        return value

    def lacks_number(self) -> bool:
        data = self.cleaned_data
        return not data.get("id_number") and not data.get("person") and "id_number" not in self.errors


class Shareholder(PersonFields):
    kind = forms.ChoiceField(
        label="股东类型", choices=[("natural", "自然人"), ("organisation", "企业或其他组织")]
    )
    amount = forms.DecimalField(
        label="认缴出资额", max_digits=14, decimal_places=6, min_value=Decimal("0.000001")
    )
    deadline = forms.DateField(label="缴足日期", help_text="不晚于公司成立之日起五年")
    form = forms.ChoiceField(
        label="出资方式", choices=[(w, w) for w in ("货币", "实物", "知识产权", "土地使用权", "股权", "债权")]
    )
    field_order = ("kind", "name", "id_number", "phone", "amount", "deadline", "form")
    looks: ClassVar[Mapping[str, Look]] = {
        **PersonFields.looks,
        "amount": Look(width=10, suffix="万元", inputmode="decimal"),
    }

    def clean_id_number(self) -> str:
        if self.data.get(self.add_prefix("kind")) == "organisation":
            return check_holder_code(str(self.cleaned_data.get("id_number") or ""))
        return super().clean_id_number()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.lacks_number():
            self.add_error(
                "id_number", "请填写股东的证件号码：自然人填 18 位身份证号码，企业填统一社会信用代码。"
            )
        return data

    def clean_deadline(self) -> date:
        deadline: date = self.cleaned_data["deadline"]
        last = years_after(clock.today(), LONGEST_TERM_YEARS)
        if deadline > last:
            raise forms.ValidationError(
                f"股东须在公司成立之日起五年内缴足（公司法第四十七条），请填不晚于 {last} 的日期。"
            )
        return deadline


def check_holder_code(value: str) -> str:
    """Organisations are named by their unified code; a wrong character is pointed at."""
    if not value.strip():
        return ""
    try:
        return str(uscc.parse(value))
    except uscc.UsccError as error:
        raise forms.ValidationError(str(error)) from error


class Shareholders(GovFormSet):
    noun = "股东"


class Member(PersonFields):
    role = forms.ChoiceField(label="职务", choices=list(ROLES.items()))
    field_order = ("role", "name", "id_number", "phone")


class Members(GovFormSet):
    noun = "人员"

    def clean(self) -> None:
        self._borrow_numbers()
        if any(self.errors):
            return
        by_role: dict[str, list[str]] = {}
        for form in self.forms:
            by_role.setdefault(str(form.cleaned_data.get("role")), []).append(
                str(form.cleaned_data.get("name"))
            )
        for problem in member_problems(by_role):
            raise forms.ValidationError(problem)

    def _borrow_numbers(self) -> None:
        """One person with several duties types the number once."""
        checked = [form for form in self.forms if isinstance(form, Member) and hasattr(form, "cleaned_data")]
        known: dict[str, Member] = {}
        for form in checked:
            if not form.lacks_number():
                known.setdefault(str(form.cleaned_data.get("name")), form)
        for form in checked:
            if not form.lacks_number():
                continue
            same = known.get(str(form.cleaned_data.get("name")))
            if same is None:
                form.add_error("id_number", "请填写身份证号码，18 位；同一人的其他职务不必重填。")
            else:
                copied = ("id_number", "phone", "person", "masked")
                form.cleaned_data |= {name: same.cleaned_data.get(name, "") for name in copied}


def member_problems(by_role: Mapping[str, list[str]]) -> list[str]:
    """What the company law asks of a limited company's people (公司法 art. 10, 68, 75, 76, 83)."""
    found = []
    heads = by_role.get("legal_representative", [])
    directors = by_role.get("executive_director", []) + by_role.get("director", [])
    if len(heads) != 1:
        found.append("请填写一名法定代表人。")
    elif heads[0] not in directors + by_role.get("manager", []):
        found.append(
            "法定代表人由代表公司执行公司事务的董事或者经理担任（公司法第十条）：请把他（她）也列为董事或经理。"
        )
    if not directors:
        found.append("请至少填写一名董事（公司法第六十八条、第七十五条）。")
    if by_role.get("executive_director") and by_role.get("director"):
        found.append("不设董事会的只有一名董事；设董事会的请把各位都列为“董事”（公司法第七十五条）。")
    if 1 <= len(by_role.get("director", [])) < 3:  # noqa: PLR2004 - art. 68
        found.append("董事会成员为三人以上（公司法第六十八条）；只有一名董事的请选“董事（不设董事会）”。")
    if set(by_role.get("supervisor", [])) & set(directors + by_role.get("manager", [])):
        found.append("董事、高级管理人员不得兼任监事（公司法第七十六条）。")
    if not by_role.get("liaison"):
        found.append("请填写一名登记联络员（市场主体登记管理条例第九条）。")
    return found


def masked_number(kind: str, number: str) -> str:
    return masking.id_number(number) if kind == "natural" else number
