from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.template import Context, Template

from hongdun.base.forms import GovForm, GovFormSet


class ShareholderForm(GovForm):
    name = forms.CharField(label="姓名")
    ways = forms.MultipleChoiceField(label="出资方式", choices=[("1", "货币"), ("2", "实物")], required=False)


class Shareholders(GovFormSet):
    noun, measure = "股东", "位"


People = forms.formset_factory(
    ShareholderForm, formset=Shareholders, extra=0, min_num=1, max_num=3, validate_min=True
)


def posted(*names: str, press: str = "") -> Shareholders:
    data = QueryDict(mutable=True)
    data.update({"p-TOTAL_FORMS": str(len(names)), "p-INITIAL_FORMS": "0"})
    for row, name in enumerate(names):
        data[f"p-{row}-name"] = name
        data.setlist(f"p-{row}-ways", ["1", "2"])
    if press:
        key, _, value = press.partition("=")
        data[key] = value
    return People(data, prefix="p")


def names(formset: Shareholders) -> list[str | None]:
    return [form["name"].value() for form in formset]


def test_a_row_is_added_without_complaint_about_the_rest() -> None:
    changed = posted("韦丽华", "", press="p-add=1").rearranged()
    assert changed is not None
    assert names(changed) == ["韦丽华", "", None]
    assert "govuk-error-message" not in str(changed)


def test_a_row_is_removed_and_the_others_keep_everything() -> None:
    changed = posted("甲", "乙", "丙", press="p-remove=1").rearranged()
    assert changed is not None
    assert names(changed) == ["甲", "丙"]
    assert changed.forms[1]["ways"].value() == ["1", "2"]


def test_an_added_row_that_stays_empty_is_asked_for() -> None:
    data = QueryDict(mutable=True)
    data.update({"p-TOTAL_FORMS": "2", "p-INITIAL_FORMS": "0", "p-0-name": "韦丽华", "p-1-name": ""})
    formset = People(data, prefix="p")
    assert not formset.is_valid()
    assert formset.forms[1].errors == {"name": ["请填写姓名"]}


def test_rows_that_were_filled_in_beforehand_count_whatever_the_page_claims() -> None:
    data = QueryDict(mutable=True)
    data.update({"p-TOTAL_FORMS": "1", "p-INITIAL_FORMS": "0", "p-0-name": "韦丽华"})
    formset = People(data, prefix="p", initial=[{"name": "韦丽华"}])
    assert formset.is_valid()
    assert formset.cleaned_data == [{"name": "韦丽华", "ways": []}]


def test_sending_is_not_rearranging() -> None:
    formset = posted("甲")
    assert formset.rearranged() is None
    assert formset.is_valid()
    assert People(prefix="p").rearranged() is None


def test_buttons_name_what_they_do() -> None:
    html = str(posted("甲", "乙"))
    assert "增加一位股东" in html
    assert "删去股东 2" in html
    assert "增加一位股东" not in str(posted("甲", "乙", "丙"))
    assert "删去股东 1" not in str(posted("甲"))


def test_errors_of_rows_are_summed_up_with_their_fields() -> None:
    formset = posted("甲", "")
    html = Template("{% load hd %}{% error_summary formset %}").render(Context({"formset": formset}))
    assert 'href="#id_p-1-name"' in html
    assert "股东 2：请填写姓名" in html


def test_too_few_rows_are_counted() -> None:
    formset = posted()
    assert list(formset.non_form_errors()) == ["至少填写 1 行，请增加"]
