"""The stock of blank licences: received by ranges of numbers, used one by one, spoilt with a reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases import actions as cases
from hongdun.register.models.licences import COPIES
from hongdun.registration.licence.models import Blank

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.register.models import Licence

MOST_AT_ONCE = 5000
ONCE = "，同一编号只能入库一次；别的机关调拨来的请在“调拨”里确认收到。请核对起止编号，本次没有入库。"
NUMBER = re.compile(r"([A-Z0-9-]*?)([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class Counted:
    """Blanks of one kind over a period: what was there, came, went, and is there."""

    copy: str
    before: int
    received: int
    used: int
    spoilt: int
    moved: int

    @property
    def label(self) -> str:
        return COPIES[self.copy]

    @property
    def left(self) -> int:
        return self.before + self.received - self.used - self.spoilt - self.moved


def serials(first: str, last: str) -> list[str]:
    """Every number of a range as it is printed on the blanks; refuses what is no range."""
    start, end = (NUMBER.fullmatch(each.strip().upper()) for each in (first, last))
    if not start or not end:
        raise cases.Incomplete("编号由字母、数字组成，以数字结尾，例如 450103000001。", field="first")
    if start[1] != end[1] or len(start[2]) != len(end[2]):
        raise cases.Incomplete("起止编号的前缀和位数应当相同，请核对封签上的编号。", field="last")
    low, high = int(start[2]), int(end[2])
    if not 0 <= high - low < MOST_AT_ONCE:
        raise cases.Incomplete(
            f"止号应当不小于起号，一次最多入库 {MOST_AT_ONCE} 张；更多的请分次入库。", field="last"
        )
    return [f"{start[1]}{number:0{len(start[2])}d}" for number in range(low, high + 1)]


def receive(*, copy: str, first: str, last: str, actor: Actor) -> int:
    """Take a range into stock; a number that was ever received anywhere refuses the whole range."""
    numbers, organ = serials(first, last), actor.organ
    assert organ is not None
    known = Blank.objects.filter(serial__in=numbers).order_by("serial").first()
    if known:
        raise cases.Incomplete(f"编号 {known.serial} 已于 {known.received} 入库{ONCE}", field="first")
    rows = [Blank(serial=each, copy=copy, organ=organ, received=clock.today()) for each in numbers]
    try:
        with transaction.atomic():
            Blank.objects.bulk_create(rows, batch_size=1000)
    except IntegrityError as error:
        raise cases.Incomplete(f"有编号已由别的机关入库{ONCE}", field="first") from error
    audit.record(
        "blank.received", actor=actor, subject=f"{numbers[0]}-{numbers[-1]}", organ=organ, copy=copy, count=len(rows)
    )  # fmt: skip
    return len(rows)


def in_stock(organ: int, copy: str) -> int:
    return Blank.objects.filter(organ=organ, copy=copy, state=Blank.State.STOCK).count()


def take(sheets: Sequence[Licence], *, organ: int) -> list[Blank]:
    """The lowest numbers in stock, one for each sheet that has none; others who print at once get others."""
    taken = []
    for sheet in sheets:
        held = Blank.objects.filter(licence=sheet, state=Blank.State.USED).first()
        taken.append(held or _next(sheet, organ=organ))
    return taken


def _next(sheet: Licence, *, organ: int) -> Blank:
    stock = Blank.objects.filter(organ=organ, copy=sheet.copy, state=Blank.State.STOCK).order_by("serial")
    blank = stock.select_for_update(skip_locked=True).first()
    if blank is None:
        raise cases.Refused(f"空白{COPIES[sheet.copy]}没有库存了，请先在“空白执照”办理入库。")
    blank.state, blank.used, blank.licence = Blank.State.USED, clock.today(), sheet
    blank.save(update_fields=["state", "used", "licence"])
    return blank


@transaction.atomic
def spoil(blank: Blank, *, reason: str, again: bool, actor: Actor) -> Blank | None:
    """Take a blank out as spoilt; `again`: what was printed on it goes onto the next one, which is returned."""
    held = Blank.objects.select_for_update().get(pk=blank.pk)
    if held.state == Blank.State.MOVED:
        raise cases.Refused(f"{held.serial} 已于 {held.moved} 调出，由调入机关保管。")
    if held.state == Blank.State.SPOILT:
        raise cases.Refused(f"{held.serial} 已于 {held.spoilt} 作废（{held.reason}）。")
    sheet = held.licence
    held.state, held.spoilt, held.reason = Blank.State.SPOILT, clock.today(), reason
    held.save(update_fields=["state", "spoilt", "reason"])
    audit.record("blank.spoilt", actor=actor, subject=held.serial, organ=held.organ, reason=reason)
    return _next(sheet, organ=held.organ) if sheet and again else None


def counts(organ: int, *, since: date, until: date) -> list[Counted]:
    """Over the days from `since` to `until`; one that was used and spoilt after counts as spoilt from then on."""
    before, within = Q(received__lt=since), Q(received__range=(since, until))
    gone = Q(used__lt=since) | Q(spoilt__lt=since) | Q(moved__lt=since)
    rows = Blank.objects.filter(organ=organ).values("copy")
    found = rows.annotate(
        came=Count("pk", filter=before),
        gone=Count("pk", filter=before & gone),
        fresh=Count("pk", filter=within),
        taken=Count("pk", filter=Q(used__range=(since, until)) & (Q(spoilt=None) | Q(spoilt__gt=until))),
        # One used in an earlier period left the stock then.
        bad=Count("pk", filter=Q(spoilt__range=(since, until)) & (Q(used=None) | Q(used__gte=since))),
    )
    found = found.annotate(away=Count("pk", filter=Q(moved__range=(since, until))))
    by_copy: dict[str, dict[str, Any]] = {row["copy"]: dict(row) for row in found}
    return [_row(copy, by_copy.get(copy, {})) for copy in COPIES]


def _row(copy: str, row: dict[str, Any]) -> Counted:
    return Counted(
        copy, row.get("came", 0) - row.get("gone", 0), row.get("fresh", 0), row.get("taken", 0), row.get("bad", 0),
        row.get("away", 0),
    )  # fmt: skip
