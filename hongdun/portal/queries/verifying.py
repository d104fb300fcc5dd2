"""Today's answer for a sheet of the licence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.documents.words import written_date
from hongdun.register.models import Licence

if TYPE_CHECKING:
    from hongdun.documents.codes import Claims


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to tell who holds a sheet of the licence; `good` when it is in force as printed."""

    good: bool
    title: str
    text: str


GONE = {
    Licence.State.LOST: ("执照已声明作废", "登记机关已按遗失声明使这张执照作废，请持照人出示补发的执照。"),
    Licence.State.SURRENDERED: ("执照已缴回", "这张执照已缴回登记机关，不再有效。"),
    Licence.State.REVOKED: ("执照已被吊销或者撤销", "该市场主体的登记已被依法吊销或者撤销，不得继续经营。"),
}


def verdict(licence: Licence | None, claims: Claims | None = None) -> Verdict:
    """Today's answer for a sheet, by its number or by its signed code."""
    if licence is None or (claims and claims.uscc != licence.entity.uscc):
        return Verdict(good=False, title="登记簿没有这张执照", text="请核对执照编号，或者向登记机关核实。")
    if licence.state in GONE:
        return Verdict(False, *GONE[Licence.State(licence.state)])
    if licence.state == Licence.State.SUPERSEDED or licence.version != licence.entity.licence_version:
        since = written_date(licence.state_since)
        text = f"登记事项已变更，或者已换发新的执照。这张执照自{since}起不再有效，请以下面的现行登记为准。"
        return Verdict(good=False, title="执照已被替换", text=text)
    if licence.entity.status != "active":
        status = licence.entity.status_label
        return Verdict(good=False, title=f"登记状态：{status}", text="执照是真的，但请注意它的登记状态。")
    return Verdict(good=True, title="执照有效", text="执照由登记机关核发，登记事项与登记簿一致。")
