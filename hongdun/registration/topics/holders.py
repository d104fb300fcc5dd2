"""Who contributes: shareholders, promoters, partners, members; rows, and what the law asks of them together."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.forms import formset_factory

from hongdun.base import clock
from hongdun.base.forms import GovFormSet, Look
from hongdun.law import queries as law
from hongdun.lib import identities
from hongdun.registration.kinds import STANDING_WORDS
from hongdun.registration.naming import check_printable
from hongdun.registration.topics.people import PersonFields
from hongdun.registration.topics.terms import years_after

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from hongdun.registration.kinds import Holders

    Rows = Sequence[Mapping[str, Any]]

LONGEST_TERM_YEARS = 5
MOST_ROWS = 200
WHO = {"natural": "自然人", "organisation": "企业或其他组织"}
PAPERS = {"natural": identities.NATURAL, "organisation": identities.ORGANISATION}


class Holder(PersonFields):
    """One contributor; the fields that `of` doesn't ask for aren't there."""

    kind = forms.ChoiceField(label="类型")
    standing = forms.ChoiceField(label="身份")
    name = forms.CharField(label="姓名（名称）", max_length=100)
    country = forms.CharField(label="国别（地区）", max_length=40, help_text="境内的填“中国”")
    id_type = forms.ChoiceField(
        label="证件类型",
        choices=list((identities.NATURAL | identities.ORGANISATION).items()),
        initial="resident",
    )
    home = forms.CharField(label="住所", max_length=200, required=False)
    amount = forms.DecimalField(
        label="出资额", max_digits=14, decimal_places=6, min_value=Decimal("0.000001")
    )
    deadline = forms.DateField(label="缴足日期")
    form = forms.ChoiceField(label="出资方式")
    managing = forms.BooleanField(label="执行合伙事务", required=False)
    field_order = (
        "kind", "standing", "name", "country", "id_type", "id_number", "phone", "home", "amount", "deadline", "form",
        "managing",
    )  # fmt: skip
    looks: ClassVar[Mapping[str, Look]] = {
        **PersonFields.looks,
        "name": Look(width=20, autocomplete="off"),
        "country": Look(width=10, example="中国"),
        "amount": Look(width=10, suffix="万元", inputmode="decimal"),
    }

    def __init__(self, *args: Any, of: Holders, **kwargs: Any) -> None:
        super().__init__(*args, foreign=of.foreign, **kwargs)
        self.of = of
        self._choose("kind", [(code, WHO[code]) for code in of.who])
        self._choose("form", [(way, way) for way in of.ways])
        self._choose("standing", [(code, STANDING_WORDS[code]) for code in of.standings])
        self.fields["standing"].label = of.standing_label
        self.fields["kind"].label = f"{of.noun}类型"
        self.fields["amount"].label = f"{of.verb}出资额" if of.verb != "出资" else "出资额"
        self.fields["deadline"].help_text = DEADLINE_HINT.get(of.pays, "")
        if "organisation" in of.who:
            self.fields["id_number"].label = (
                "身份证号码或者统一社会信用代码" if not of.foreign else "证件号码"
            )
        self._require_home(of)
        self._without(of)

    def _require_home(self, of: Holders) -> None:
        home = self.fields["home"]
        home.required = not self["person"].value()
        home.error_messages["required"] = (
            f"请填写{of.noun}的住所，它是登记事项（市场主体登记管理条例第八条）。"
        )
        if not home.required:
            home.help_text = "已保存，不改可留空"

    def _without(self, of: Holders) -> None:
        unasked = {
            "standing": not of.standings, "country": not of.foreign, "home": not of.address, "managing": not of.managing,
            "deadline": of.pays == "none",
        }  # fmt: skip
        for name in (name for name, gone in unasked.items() if gone):
            del self.fields[name]

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def paper(self) -> str:
        kind = str(self["kind"].value() or "natural")
        usual = "uscc" if kind == "organisation" else "resident"
        if "id_type" not in self.fields:
            return usual
        wanted = str(self["id_type"].value())
        return wanted if wanted in PAPERS.get(kind, identities.NATURAL) else usual

    def clean_country(self) -> str:
        return check_printable(str(self.cleaned_data["country"]).strip())

    def clean_deadline(self) -> date:
        deadline: date = self.cleaned_data["deadline"]
        if problem := deadline_problem(self.of, deadline, founded=clock.today()):
            raise forms.ValidationError(problem)
        return deadline

    def lacks_home(self, data: Mapping[str, Any]) -> bool:
        return "home" in self.fields and not data.get("home") and not data.get("person")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.lacks_number():
            self.add_error(
                "id_number",
                f"请填写{self.of.noun}的证件号码：自然人填 18 位身份证号码，企业填统一社会信用代码。",
            )
        if self.lacks_home(data):
            self.add_error("home", self.fields["home"].error_messages["required"])
        if "id_type" in self.fields:
            data["id_type"] = self.paper()
        return data


DEADLINE_HINT = {
    "five_years": "不晚于公司成立之日起五年",
    "before": "发起人在公司成立前全额缴纳（公司法第九十八条），填已缴纳的日期",
    "agreed": "按协议约定",
}


def deadline_problem(of: Holders, deadline: date, *, founded: date) -> str:
    if of.pays == "five_years":
        last = years_after(founded, LONGEST_TERM_YEARS)
        if deadline > last:
            return f"股东须在公司成立之日起五年内缴足（公司法第四十七条），请填不晚于 {last} 的日期。"
    if of.pays == "before" and deadline > founded:
        return f"发起人应当在公司成立前全额缴纳股款（公司法第九十八条），请填不晚于 {founded} 的日期。"
    return ""


class HolderRowsBase(GovFormSet):
    measure = "名"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.noun = self.form_kwargs["of"].noun

    def clean(self) -> None:
        if any(self.errors):
            return
        of: Holders = self.form_kwargs["of"]
        rows = [form.cleaned_data for form in self.forms]
        if found := list(problems(of, rows, on=clock.today())):
            raise forms.ValidationError(found)


HolderRows = cast(
    "type[HolderRowsBase]",
    formset_factory(
        Holder, formset=HolderRowsBase, extra=0, min_num=1, max_num=MOST_ROWS, validate_min=True, validate_max=True
    ),
)  # fmt: skip


def problems(of: Holders, rows: Rows, *, on: date) -> Iterator[str]:
    """What the law asks of all contributors together, each with its article."""
    yield from _numbers(of, rows, on)
    if of.foreign and all(row.get("country") == "中国" for row in rows):
        yield "外商投资企业至少有一名境外投资者（外商投资法第二条）；都来自境内的，请改报内资企业。"
    if "home" in of.standings:
        yield from _residence(rows)
    if "limited" in of.standings:
        yield from _liability(rows, on)
    if "farmer" in of.standings:
        yield from _farmers(rows, on)


def _numbers(of: Holders, rows: Rows, on: date) -> Iterator[str]:
    count = len(rows)
    if of.one and count != 1:
        yield f"这一类型只有一名{of.noun}，现在填了 {count} 名；有几名的请到“名称和类型”改选类型。"
        return
    least = law.rule(of.least, on) if of.least else None
    most = law.rule(of.most, on) if of.most else None
    if least and count < least.value:
        yield f"{of.noun}至少 {least.value} 名（{least.citation}），现在填了 {count} 名，请补充。"
    if most and count > most.value:
        yield f"{of.noun}至多 {most.value} 名（{most.citation}），现在填了 {count} 名，请减少。"


def _residence(rows: Rows) -> Iterator[str]:
    if 2 * sum(row.get("standing") == "home" for row in rows) < len(rows):
        yield "半数以上的发起人应当在中国境内有住所（公司法第九十二条）。"


def _liability(rows: Rows, on: date) -> Iterator[str]:
    general = [row for row in rows if row.get("standing") == "general"]
    least = law.rule("general_partners_least", on)
    if len(general) < least.value:
        yield f"有限合伙企业至少应当有一个普通合伙人（{least.citation}）。"
    if len(general) == len(rows):
        yield "有限合伙企业由普通合伙人和有限合伙人组成（合伙企业法第二条）：没有有限合伙人的，请改选普通合伙企业。"
    for row in rows:
        if row.get("standing") == "limited" and row.get("managing"):
            yield f"有限合伙人“{row['name']}”不执行合伙事务（合伙企业法第六十八条），请取消勾选。"
        if row.get("standing") == "limited" and row.get("form") == "劳务":
            yield f"有限合伙人“{row['name']}”不得以劳务出资（合伙企业法第六十四条第二款），请改选出资方式。"


def _farmers(rows: Rows, on: date) -> Iterator[str]:
    count, farmers = len(rows), sum(row.get("standing") == "farmer" for row in rows)
    units = sum(row.get("standing") == "unit" for row in rows)
    share, small = law.rule("cooperative_farmers", on), law.rule("cooperative_small", on)
    if farmers * 100 < share.value * count:
        yield f"农民至少应当占成员总数的百分之八十（{share.citation}）：{count} 名成员中现在有 {farmers} 名农民。"
    limit = law.rule("cooperative_units_small" if count <= small.value else "cooperative_units", on)
    most = limit.value if count <= small.value else count * limit.value // 100
    if units > most:
        yield f"{count} 名成员中，企业、事业单位和社会组织成员至多 {most} 个（{limit.citation}），现在有 {units} 个。"
    for row in rows:
        if (row.get("standing") == "unit") != (row.get("kind") == "organisation"):
            yield f"“{row['name']}”的成员类型与自然人、单位不一致，请核对。"
