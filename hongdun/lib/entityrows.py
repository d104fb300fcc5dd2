"""Reading one row of an older register: what is known is kept, what was guessed or mended is noted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hongdun.lib import entitytypes, money, organs, text, uscc
from hongdun.lib.particulars import Domicile, Particulars, PersonEntry, Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.lib.divisions import Divisions
    from hongdun.lib.entitytypes import EntityType, Kind

COLUMNS = (
    "name",
    "uscc",
    "established_on",
    "entity_type",
    "legal_rep",
    "capital_raw",
    "business_scope",
    "address",
)

REMARKS: dict[str, str] = {
    "uscc_normalised": "统一社会信用代码含全角、小写字符或空格，已改为标准写法",
    "uscc_flawed": "统一社会信用代码不合 GB 32100，按原登记保留",
    "name_cleaned": "名称含全角、不可见字符或多余标点，已整理",
    "text_cleaned": "文字含全角字母数字、不可见字符或多余空格，已整理",
    "date_missing": "成立日期未载明",
    "date_unreadable": "成立日期无法识别或者晚于今天，按未载明导入",
    "type_missing": "类型未载明，名称也不足以确定",
    "type_guessed": "类型未载明，按名称中的法定组织形式确定",
    "type_unreadable": "类型无法识别，名称也不足以确定",
    "representative_missing": "法定代表人（负责人）未载明",
    "capital_missing": "注册资本未载明",
    "capital_unreadable": "注册资本无法识别，按未载明导入",
    "capital_assumed": "注册资本未写币种，按人民币导入",
    "division_old": "代码中的行政区划已变更，登记机关按现行区划确定",
    "division_city": "代码中的行政区划未列入国家标准，登记机关按所在设区市确定",
    "generated": "演示数据：名称、人员和地址均为虚构",
    "division_foreign": "代码中的行政区划不在本自治区，登记机关按自治区局确定",
}
# A wrong kind or check character leaves the number usable as the identity it was; any other flaw does not.
FORGIVEN = frozenset({1, 2, 17, 18})
_LONGEST = {"name": 200, "legal_rep": 200, "address": 500}
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?")
_EARLIEST = 1850
_LARGEST = Decimal(10**17)
_MICRO = Decimal("0.000001")
_STRAY = " .,。．，、;；"
_NOTHING = " -－—/无"  # how people fill a box that they leave empty


class Refused(ValueError):
    """The row can't be an entity of the register; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    uscc: str
    organ: int
    particulars: Particulars
    remarks: dict[str, str] = field(default_factory=dict)  # code of REMARKS: the detail, as "原文：…"
    holders: tuple[
        str, ...
    ] = ()  # unified codes by place among the shares, "" of persons; none where all are


@dataclass(frozen=True, slots=True)
class Reader:
    """`region` is the organ of last resort; `today` bounds the dates that can be true."""

    divisions: Divisions
    region: int
    today: date

    def read(self, record: Mapping[str, str | None]) -> Row:
        """Raises Refused."""
        raw = {column: record.get(column) or "" for column in COLUMNS}
        for column, longest in _LONGEST.items():
            if len(raw[column]) > longest:
                raise Refused(f"{column} 超过 {longest} 字，疑为错列")
        remarks: dict[str, str] = {}
        code = _code(raw["uscc"], remarks)
        name = _name(raw["name"], remarks)
        kind_of_code = (
            entitytypes.KIND_OF_DIGIT.get(code[1], "enterprise") if code[0] == "9" else "enterprise"
        )
        form = _form(raw["entity_type"], name, kind_of_code, remarks)
        representative = text.normalise_name(raw["legal_rep"])
        if not representative:
            remarks["representative_missing"] = ""
        state = Particulars(
            name=name,
            kind=form.kind if form is not entitytypes.UNKNOWN else kind_of_code,
            type=form.code,
            representative=representative,
            capital=_capital(raw["capital_raw"], form, remarks),
            established=self._date(raw["established_on"], remarks),
            domicile=Domicile(_clean(raw["address"], "住所", remarks)),
            # An old scope is prose, often cut off: its items are not registered items.
            scope=Scope(_clean(raw["business_scope"], "经营范围", remarks)),
            people=people(representative, form),
        )
        return Row(code, self._organ(code, remarks), state, remarks)

    def _date(self, raw: str, remarks: dict[str, str]) -> date | None:
        given = unicodedata.normalize("NFKC", raw).strip()
        if not given:
            remarks["date_missing"] = ""
            return None
        found = _DATE.fullmatch(given)
        try:
            day = date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        if day is None or not day.year >= _EARLIEST or day > self.today:
            remarks["date_unreadable"] = raw
            return None
        return day

    def _organ(self, code: str, remarks: dict[str, str]) -> int:
        """The county bureau of digits 3 to 8 as divisions stand today; else the city, else the region."""
        found = self.divisions.resolve(code[2:8])
        if found is None:
            remarks["division_foreign"] = code[2:8]
            return self.region
        if not found.exact:
            remarks["division_city"] = code[2:8]
        elif len(found.path) > 1:
            remarks["division_old"] = "→".join(found.path)
        return organs.from_division(found.division.code)


def _code(raw: str, remarks: dict[str, str]) -> str:
    code = uscc.normalise(raw)
    if not code:
        raise Refused("统一社会信用代码未填写，无法识别主体")
    if code != raw:
        remarks["uscc_normalised"] = raw
    flaws = list(uscc.problems(code))
    for flaw in flaws:
        if flaw.position not in FORGIVEN:
            raise Refused(flaw.message)
    if flaws:
        remarks["uscc_flawed"] = "；".join(flaw.message for flaw in flaws)
    return code


def _name(raw: str, remarks: dict[str, str]) -> str:
    name = text.normalise_name(raw).strip(_STRAY)
    if not name:
        raise Refused("名称未填写")
    if name != raw and name != raw.translate(_PLAIN_BRACKETS):
        remarks["name_cleaned"] = raw
    return name


_PLAIN_BRACKETS = str.maketrans("()", "（）")


def _clean(raw: str, item: str, remarks: dict[str, str]) -> str:
    cleaned = text.clean(raw)
    if cleaned != raw:
        remarks["text_cleaned"] = "、".join(filter(None, (remarks.get("text_cleaned"), item)))
    return cleaned


def _form(raw: str, name: str, kind: Kind, remarks: dict[str, str]) -> EntityType:
    given = raw.strip()
    known = entitytypes.read(given) if given else None
    if known is not None:
        return known
    guessed = entitytypes.guess(name, kind)
    if guessed is not None:
        remarks["type_guessed"] = guessed.label + (f"（原文：{given}）" if given else "")
        return guessed
    remarks["type_unreadable" if given else "type_missing"] = given
    return entitytypes.UNKNOWN


def _capital(raw: str, form: EntityType, remarks: dict[str, str]) -> money.Money | None:
    if not raw.strip(_NOTHING):
        # Branches have none of their own, individual businesses need not state one.
        if form is not entitytypes.UNKNOWN and form.legal_person and not form.branch:
            remarks["capital_missing"] = ""
        return None
    try:
        reading = money.read(raw)
    except money.MoneyError as error:
        remarks["capital_unreadable"] = f"{raw}：{error}"
        return None
    if reading.money.amount >= _LARGEST:
        remarks["capital_unreadable"] = raw
        return None
    if reading.assumed:
        remarks["capital_assumed"] = raw
    return money.Money(reading.money.amount.quantize(_MICRO).normalize() + 0, reading.money.currency)


_ROLES = {
    "法定代表人": "legal_representative",
    "法定代表人（负责人）": "person_in_charge",
    "负责人": "person_in_charge",
    "经营者": "operator",
    "执行事务合伙人": "managing_partner",
    "投资人": "investor",
}


def people(representative: str, form: EntityType) -> tuple[PersonEntry, ...]:
    """The representative under the role that the type gives; nobody when not known."""
    role = _ROLES[form.representative_label]
    return (PersonEntry(representative, role),) if representative else ()
