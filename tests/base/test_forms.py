from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import FileExtensionValidator
from django.template import Context, Template

from hongdun.base.fields import CodeField, DateField, NumberField, WholeNumberField
from hongdun.base.forms import FilterForm, GovForm, Look

FULL_WIDTH = " 1,200.50 ".translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789,"})


class CompanyForm(GovForm):
    looks: ClassVar = {
        "name": Look(example="广西鑫源数字科技有限公司", autocomplete="organization"),
        "capital": Look(width=10, suffix="万元"),
        "kind": Look(choice_hints={"1": "股东以出资额为限承担责任"}),
    }
    groups = (("企业", ("name", "capital")),)

    name = forms.CharField(label="企业名称", help_text="须先通过名称自主申报", max_length=10)
    capital = NumberField(label="注册资本", above=0, decimal_places=2)
    staff = WholeNumberField(label="从业人数", min_value=1, required=False)
    scope = forms.CharField(label="经营范围", max_length=20, widget=forms.Textarea, required=False)
    phone = CodeField(label="联系电话", min_length=11, max_length=11, required=False)
    kind = forms.ChoiceField(label="公司类型", choices=[("1", "有限责任公司")], widget=forms.RadioSelect)
    founded = DateField(label="成立日期", required=False)
    proof = forms.FileField(label="住所证明", required=False, validators=[FileExtensionValidator(["pdf"])])
    agree = forms.BooleanField(label="内容真实")


def filled(**changes: str) -> dict[str, str]:
    return {"name": "桂香粉店", "capital": "50", "kind": "1", "agree": "on"} | changes


def errors_of(**changes: str) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in CompanyForm(filled(**changes)).errors.items()}


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"name": ""}, "name", "请填写企业名称，例如 广西鑫源数字科技有限公司"),
        ({"name": "长" * 12}, "name", "企业名称最多 10 个字，现在有 12 个字，请删减"),
        ({"capital": "五十"}, "capital", "注册资本应为数字，例如 50"),
        ({"capital": "0"}, "capital", "注册资本应为大于 0 的数字，例如 50"),
        ({"capital": "1.234"}, "capital", "注册资本最多保留 2 位小数"),
        ({"staff": "0"}, "staff", "从业人数应不小于 1，请改大"),
        ({"staff": "1.5"}, "staff", "从业人数应为整数，例如 50"),
        ({"phone": "138"}, "phone", "联系电话至少 11 位，现在只有 3 位，请补全"),
        ({"kind": ""}, "kind", "请选择公司类型"),
        ({"kind": "9"}, "kind", "公司类型中没有这个选项，请重新选择"),
        ({"founded": "2026-13-01"}, "founded", "成立日期应为真实的日期，例如 2026-11-22"),
        ({"agree": ""}, "agree", "请勾选“内容真实”后再继续"),
    ],
)
def test_an_error_says_what_to_mend(changes: dict[str, str], field: str, error: str) -> None:
    assert errors_of(**changes) == {field: [error]}


def test_a_wrong_kind_of_file_is_named() -> None:
    form = CompanyForm(filled(), {"proof": SimpleUploadedFile("证明.exe", b"x")})
    assert list(form.errors["proof"]) == ["住所证明应为 pdf 文件，您选的是 exe，请换一个"]


def test_texts_of_the_author_are_kept() -> None:
    class Form(GovForm):
        name = forms.CharField(label="字号", error_messages={"required": "先想一个字号"})

    assert list(Form({}).errors["name"]) == ["先想一个字号"]


def test_people_may_type_as_they_are_used_to() -> None:
    form = CompanyForm(
        filled(capital=FULL_WIDTH, phone="138 0771 0001", founded="2026年1月2日", staff="1,000")
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data["capital"] == Decimal("1200.50")
    assert form.cleaned_data["phone"] == "13807710001"
    assert form.cleaned_data["founded"] == date(2026, 1, 2)
    assert form.cleaned_data["staff"] == 1000


def test_what_was_typed_and_its_error_stand_together() -> None:
    html = str(CompanyForm(filled(capital="五十")))
    assert 'value="五十"' in html
    assert 'id="id_capital_error"' in html
    assert 'aria-describedby="id_capital_error"' in html
    assert "govuk-input--error" in html
    assert "万元" in html


def test_no_field_cuts_what_is_pasted() -> None:
    assert "maxlength=" not in str(CompanyForm()).replace("data-maxlength=", "")


def test_long_texts_are_counted() -> None:
    html = str(CompanyForm()["scope"].as_field_group())
    assert 'data-module="govuk-character-count"' in html
    assert 'data-maxlength="20"' in html
    assert 'aria-describedby="id_scope-info"' in html


def test_only_optional_fields_are_marked_and_never_in_filters() -> None:
    class Filter(FilterForm):
        q = forms.CharField(label="关键字", required=False)

    html = str(CompanyForm())
    assert html.count("（选填）") == 5
    assert "（选填）" not in str(Filter())


def test_groups_come_first_under_their_legend() -> None:
    legends = [
        (legend, [field.name for field in fields]) for legend, fields in CompanyForm().grouped_fields()
    ]
    assert legends[0] == ("企业", ["name", "capital"])
    assert legends[1][1][0] == "staff"


def test_the_error_summary_leads_to_the_fields() -> None:
    page = Template("{% load hd %}{% error_summary form none %}")
    html = page.render(Context({"form": CompanyForm({}), "none": None}))
    assert 'href="#id_name"' in html
    assert 'href="#id_kind_0"' in html
    assert "有 4 处需要更正" in html
    assert page.render(Context({"form": CompanyForm()})).strip() == ""


def test_a_field_can_be_shown_alone() -> None:
    html = Template("{% load hd %}{% govuk_field form.name %}").render(Context({"form": CompanyForm()}))
    assert 'for="id_name"' in html
    assert 'autocomplete="organization"' in html
    assert "须先通过名称自主申报" in html
