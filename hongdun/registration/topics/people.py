"""Natural persons of an application: rows of those who hold a duty, and what any row of a person asks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from hongdun.base.forms import GovForm, GovFormSet, Look
from hongdun.lib import identities, masking, text
from hongdun.parties import queries as parties
from hongdun.registration.naming import check_printable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hongdun.registration.kinds import Role


class PersonFields(GovForm):
    """A person: known ones keep their number unless a new one is typed. `foreign`: other papers than the resident's card."""

    person = forms.CharField(required=False, widget=forms.HiddenInput)
    masked = forms.CharField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="姓名", max_length=100)
    id_type = forms.ChoiceField(
        label="证件类型", choices=list(identities.NATURAL.items()), initial="resident"
    )
    id_number = forms.CharField(
        label="身份证号码", required=False, max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
    phone = forms.CharField(label="手机号码", required=False, max_length=20)
    looks: ClassVar[Mapping[str, Look]] = {
        "name": Look(width=10, autocomplete="off"), "id_number": Look(width=20, autocomplete="off"),
        "phone": Look(width=20, inputmode="tel", autocomplete="off"),
    }  # fmt: skip

    def __init__(self, *args: Any, foreign: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if foreign:
            self.fields["id_number"].label = "证件号码"
        else:
            del self.fields["id_type"]
        known = self["masked"].value()
        self.needed = frozenset() if known else frozenset({"id_number"})
        if known:
            self.fields["id_number"].help_text = f"已保存 {known}，不改可留空"

    def paper(self) -> str:
        """Which kind of paper the number is of; read as posted, for it stands before the number is checked."""
        if "id_type" not in self.fields:
            return "resident"
        wanted = str(self["id_type"].value())
        return wanted if wanted in identities.NATURAL | identities.ORGANISATION else "resident"

    def clean_id_number(self) -> str:
        number = text.clean(str(self.cleaned_data.get("id_number") or "")).upper().replace(" ", "")
        if number and (problem := identities.problem(self.paper(), number)):
            raise forms.ValidationError(f"{problem.rstrip('。')}。")
        return number

    def clean_person(self) -> str:
        """Only persons whom the applicant stated: with another's id the number is asked for anew."""
        known = str(self.cleaned_data.get("person") or "")
        return known if parties.is_own_statement(known) else ""

    def clean_name(self) -> str:
        return check_printable(str(self.cleaned_data["name"]).strip())

    def clean_phone(self) -> str:
        value = text.clean(str(self.cleaned_data.get("phone") or "")).replace(" ", "")
        if value and not re.fullmatch(r"1\d{10}|\+\d{6,18}", value):
            raise forms.ValidationError(
                "手机号码应为 11 位数字，例如 13800000000；境外号码以 + 和国家代码开头。"
            )
        return value

    def lacks_number(self) -> bool:
        data = self.cleaned_data
        return not data.get("id_number") and not data.get("person") and "id_number" not in self.errors


class Member(PersonFields):
    role = forms.ChoiceField(label="职务")
    field_order = ("role", "name", "id_type", "id_number", "phone")

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["role"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(each.code, each.label) for each in roles]
        if self.needed and len(roles) > 1:
            self.fields["id_number"].help_text = "同一人在别的职务填过的，可以留空"


class Members(GovFormSet):
    """`check` says what the law asks of these people together, by role; the page sets it."""

    noun = "人员"
    measure = "名"
    check: Callable[[Mapping[str, list[str]]], list[str]] | None = None

    def clean(self) -> None:
        self._borrow_numbers()
        if any(self.errors):
            return
        by_role: dict[str, list[str]] = {}
        for form in self.forms:
            by_role.setdefault(str(form.cleaned_data.get("role")), []).append(
                str(form.cleaned_data.get("name"))
            )
        if self.check and (found := self.check(by_role)):
            raise forms.ValidationError(found)

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
                form.add_error("id_number", "请填写身份证号码；同一人的其他职务不必重填。")
            else:
                copied = ("id_type", "id_number", "phone", "person", "masked")
                data = same.cleaned_data
                form.cleaned_data |= {name: data[name] for name in copied if name in data}


def role_problem(role: Role, by_role: Mapping[str, list[str]]) -> str:
    count = len(by_role.get(role.code, ()))
    if role.least <= count <= role.most:
        return ""
    article = f"（{role.article}）" if role.article else ""
    wanted = (
        "一名"
        if role.least == role.most == 1
        else f"至少 {role.least} 名"
        if count < role.least
        else f"至多 {role.most} 名"
    )
    return f"请填写{wanted}{role.label}{article}，现在填了 {count} 名。"


def masked_number(kind: str, number: str) -> str:
    return masking.id_number(number) if kind == "natural" else number
