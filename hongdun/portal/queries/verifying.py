"""Today's answer for a sheet of the licence, or for an extract of the register."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.base.clock import today
from hongdun.documents.words import written_date
from hongdun.portal.queries import extract as extracts
from hongdun.portal.queries.record import Compared, colour, compared, unknown, was_loaded
from hongdun.register import queries as register
from hongdun.register.models import Licence

if TYPE_CHECKING:
    from hongdun.documents.codes import Claims
    from hongdun.documents.numbers import Extract
    from hongdun.register.models import Entity


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to tell who holds a sheet of the licence; `good` when it is in force as printed."""

    good: bool
    title: str
    text: str


# {since}: the day from which the sheet, on paper or as a file, is what the title says (条例 art. 22, 37, 细则 art. 64).
GONE = {
    Licence.State.LOST: (
        "执照已声明作废",
        "持照人声明这张执照遗失或者毁坏，自{since}起作废，电子执照同样不再有效。请持照人出示补发的执照。",
    ),
    Licence.State.VOID: (
        "执照已作废",
        "这张执照应当缴回而没有缴回，登记机关于{since}公告作废。请查看最新的执照。",
    ),
    Licence.State.SURRENDERED: ("执照已缴回", "这张执照已于{since}缴回登记机关，不再有效。"),
    Licence.State.REVOKED: (
        "执照已被吊销或者撤销",
        "该市场主体的登记已于{since}被依法吊销或者撤销，纸质和电子执照都不再有效，不得继续经营。",
    ),
    Licence.State.DUE: ("执照已失效", "该市场主体的登记已于{since}终止，这张执照应当缴回，不再有效。"),
}


def verdict(licence: Licence | None, claims: Claims | None = None) -> Verdict:
    """Today's answer for a sheet, by its number or by its signed code."""
    if licence is None or (claims and claims.uscc != licence.entity.uscc):
        return Verdict(good=False, title="登记簿没有这张执照", text="请核对执照编号，或者向登记机关核实。")
    since = written_date(licence.state_since)
    if licence.state in GONE:
        title, text = GONE[Licence.State(licence.state)]
        return Verdict(good=False, title=title, text=text.format(since=since))
    if licence.state == Licence.State.SUPERSEDED or licence.version != licence.entity.licence_version:
        text = f"登记事项已变更，或者已换发新的执照。这张执照自{since}起不再有效，请以下面的现行登记为准。"
        return Verdict(good=False, title="执照已被替换", text=text)
    if licence.entity.status != "active":
        status = licence.entity.status_label
        return Verdict(good=False, title=f"登记状态：{status}", text="执照是真的，但请注意它的登记状态。")
    return Verdict(good=True, title="执照有效", text="执照由登记机关核发，登记事项与登记簿一致。")


@dataclass(frozen=True, slots=True)
class Checked:
    """What an extract said, beside what the register says of its entity today."""

    extract: Extract
    entity: Entity
    moment: str
    items: list[Compared]
    corrected: bool  # the register has learnt since that even then it was otherwise

    @property
    def changed(self) -> list[str]:
        return [each.label for each in self.items if each.differs]

    @property
    def colour(self) -> str:
        return colour(self.entity.status)


def checked(extract: Extract) -> Checked | None:
    """None when the register holds no such state: then the number can't be one of this register."""
    then, now = extracts.state_of(extract), register.as_of(extract.uscc, today())
    if then is None or now is None:
        return None
    later = register.as_of(extract.uscc, extract.as_of)
    without = unknown(now.particulars, loaded=was_loaded(now.entity))
    return Checked(
        extract=extract,
        entity=now.entity,
        moment=extracts.moment_words(extract),
        items=compared(then.particulars, now.particulars, without=without),
        corrected=later is None or later.particulars != then.particulars,
    )
