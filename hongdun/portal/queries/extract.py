"""What an extract of the register says: one state, and what led to it, as known at one moment."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.utils import timezone

from hongdun.documents.extract import Table
from hongdun.documents.words import written_date
from hongdun.lib import money
from hongdun.lib.particulars import ROLES, STATUSES
from hongdun.portal.queries import record
from hongdun.register import queries as register
from hongdun.register.models import Entity, Licence

if TYPE_CHECKING:
    from datetime import date

    from hongdun.documents.numbers import Extract
    from hongdun.lib.particulars import Particulars
    from hongdun.register.queries import Filing, State


def state_of(extract: Extract) -> State | None:
    """The state that the extract is of; None when the register held none then."""
    return register.as_of(extract.uscc, extract.as_of, known_at(extract))


def known_at(extract: Extract) -> datetime:
    """A day of knowledge counts to its last microsecond, but not beyond the making of the extract."""
    if extract.known_on is None:
        return extract.made
    return min(timezone.make_aware(datetime.combine(extract.known_on, time.max)), extract.made)


def moment_words(extract: Extract) -> str:
    known = f"，按登记簿{written_date(extract.known_on)}的记载" if extract.known_on else ""
    return f"{written_date(extract.as_of)}的登记信息{known}"


def tables(state: State, extract: Extract) -> list[Table]:
    """The parts of the extract, without the empty ones."""
    entity, now = state.entity, state.particulars
    known = known_at(extract)
    filings = [each for each in register.history(entity, known) if _began(each, extract.as_of)]
    found = [
        Table("登记事项", _particulars(entity, now), []),
        Table("主要人员", [[each.name, ROLES[each.role]] for each in now.people if each.is_public], PEOPLE),
        Table("股东及出资", _shares(now), SHARES),
        Table("曾用名", _former_names(entity, extract.as_of), ["曾用名", "使用至"]),
        Table("登记状态的变动", _decisions(entity, extract.as_of, known), ["事由", "状态", "日期"]),
        *[_change(each) for each in record.changes(filings)],
        Table("营业执照", _sheets(entity, extract.as_of), ["执照编号", "种类", "核发日期", "状态"]),
    ]
    return [each for each in found if each.rows]


PEOPLE = ["姓名", "职务"]
SHARES = ["股东", "认缴额", "出资方式", "缴足期限"]


def _began(filing: Filing, on: date) -> bool:
    return filing.valid_from is None or filing.valid_from <= on


def _particulars(entity: Entity, now: Particulars) -> list[list[str]]:
    rows = [["统一社会信用代码", entity.uscc], ["登记状态", STATUSES[now.status]]]
    without = record.unknown(now, loaded=record.was_loaded(entity))
    authority = record.organ_name(entity.organ)
    summary = record.summary(entity, now, authority=authority, without=without)
    return [*rows, *[[each.label, str(each.value)] for each in summary[1:]]]


def _shares(now: Particulars) -> list[list[str]]:
    return [
        [
            each.holder,
            money.plain(each.subscribed),
            each.form,
            each.deadline.isoformat() if each.deadline else "",
        ]
        for each in now.shares
    ]


def _former_names(entity: Entity, on: date) -> list[list[str]]:
    names = entity.former_names.filter(until__lte=on).values_list("name", "until")
    return [[name, until.isoformat()] for name, until in names if until]


def _decisions(entity: Entity, on: date, known: datetime) -> list[list[str]]:
    events = entity.status_events.filter(on__lte=on, recorded__lte=known)
    return [[each.reason, STATUSES[each.status], each.on.isoformat()] for each in events]


def _change(filing: Filing) -> Table:
    since = f"，自 {filing.valid_from} 起效" if filing.valid_from else ""
    title = f"{filing.kind.label}{since}，{timezone.localdate(filing.entered)} 记载"
    rows = [[each.label, each.before, each.after] for each in filing.changes]
    return Table(title, rows, ["事项", "变更前", "变更后"])


def _sheets(entity: Entity, on: date) -> list[list[str]]:
    """Sheets issued by then; one that has ended since was still valid."""
    rows = []
    for each in entity.licences.filter(issued_on__lte=on):
        copy = each.get_copy_display() + (f"（{each.duplicate_no}）" if each.duplicate_no else "")
        state = each.state if each.state_since <= on else Licence.State.VALID
        rows.append([each.serial, copy, each.issued_on.isoformat(), Licence.State(state).label])
    return rows
