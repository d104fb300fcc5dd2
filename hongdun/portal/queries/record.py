"""What the public pages show of an entity: rows of a page, not rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from django.utils.html import format_html

from hongdun.base.parts import Happening, SummaryRow
from hongdun.lib import comparison, money
from hongdun.lib.entityrows import REMARKS
from hongdun.lib.particulars import STANDINGS, STATUSES
from hongdun.org.models import Organ
from hongdun.portal.queries.reading import LISTED
from hongdun.register.models import Entity, VersionKind

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from django.utils.safestring import SafeString

    from hongdun.lib.particulars import Particulars
    from hongdun.portal.queries.reading import Reading
    from hongdun.register.queries import Filing

ORGAN_SECONDS = 60
_organ_names: dict[int, tuple[float, str]] = {}
STATUS_COLOURS = {"active": "green", "suspended": "yellow", "moved_out": "grey", "cancelled": "grey"}
LISTED_APART = frozenset({"status", "people", "shares", "industry"})
# What a reader ought to know of the record; that a field is empty shows by itself.
WORTH_SAYING = (
    "generated",
    "uscc_flawed",
    "type_guessed",
    "date_unreadable",
    "capital_unreadable",
    "division_city",
)


@dataclass(frozen=True, slots=True)
class Compared:
    label: str
    then: str
    now: str

    @property
    def differs(self) -> bool:
        return self.then != self.now


def colour(status: str) -> str:
    return STATUS_COLOURS.get(status, "red")


def was_loaded(entity: Entity) -> bool:
    """Whether the register got the entity from older data or a generator, not by a filing."""
    return entity.versions.filter(kind__in=[VersionKind.IMPORT, VersionKind.GENERATE]).exists()


def unknown(state: Particulars, *, loaded: bool) -> frozenset[str]:
    """Items that loaded data left out: no term in them doesn't say that the entity has none."""
    return frozenset({"term_until"}) if loaded and not state.term_until else frozenset()


def summary(
    entity: Entity, state: Particulars, *, authority: str, without: frozenset[str] = frozenset()
) -> list[SummaryRow]:
    rows = [SummaryRow("统一社会信用代码", _code(entity.uscc))]
    for item, (label, text) in comparison.shown(state).items():
        if item not in LISTED_APART | without and text:
            rows.append(SummaryRow(label, text))
    return [*rows, SummaryRow("登记机关", authority)]


def _code(uscc: str) -> SafeString:
    return format_html('<span class="hd-number">{}</span>', uscc)


def organ_name(code: int) -> str:
    """Nearly every answer holds one, and they change once in years: a minute late is early enough."""
    until, known = _organ_names.get(code, (0.0, ""))
    if monotonic() >= until:
        known = _organ_name(code)
        _organ_names[code] = (monotonic() + ORGAN_SECONDS, known)
    return known


def _organ_name(code: int) -> str:
    return Organ.objects.filter(pk=code).values_list("name", flat=True).first() or str(code)


def organ_names(codes: Collection[int]) -> dict[int, str]:
    """Name by code; an organ that the directory no longer has stands as its number."""
    found = dict(Organ.objects.filter(pk__in=codes).values_list("code", "name"))
    return {code: found.get(code, str(code)) for code in codes}


def remarks(entity: Entity) -> list[str]:
    return said(entity.remarks)


def said(codes: Collection[str]) -> list[str]:
    return [REMARKS[code] for code in WORTH_SAYING if code in codes]


def compared(then: Particulars, now: Particulars, *, without: frozenset[str] = frozenset()) -> list[Compared]:
    """Both states item by item; items that neither has are left out."""
    before, after = comparison.shown(then), comparison.shown(now)
    return [
        Compared(label, before[item][1], text)
        for item, (label, text) in after.items()
        if (text or before[item][1]) and item not in without
    ]


def shares(state: Particulars) -> list[dict[str, object]]:
    return [
        {
            "holder": share.holder,
            "marks": [m for m in (STANDINGS.get(share.standing), share.country) if m],
            "subscribed": money.plain(share.subscribed),
            "form": share.form,
            "deadline": share.deadline,
        }
        for share in state.shares
    ]


def changes(filings: list[Filing]) -> list[Filing]:
    """Newest first; the first entry of the entity is no change."""
    return [filing for filing in reversed(filings) if filing.changes]


def happenings(reading: Reading) -> list[Happening]:
    """How it went lately: entries into the register, and decisions on the status."""
    found = [
        Happening(_when(filing), filing.kind.label, text=_items(filing))
        for filing in reading.filings
        if filing.kind != VersionKind.STATUS
    ]
    found += [
        Happening(each.on, STATUSES[each.status], each.organ, each.reason)
        for each in reading.decisions[:LISTED]
    ]
    return sorted(found, key=lambda one: str(one.when), reverse=True)


def _when(filing: Filing) -> date | datetime:
    """Registrations by the day they took effect; what the register learnt later, by the day it learnt it."""
    took_effect = filing.kind in {VersionKind.ESTABLISH, VersionKind.CHANGE}
    return (took_effect and filing.valid_from) or filing.entered


def _items(filing: Filing) -> str:
    labels = "、".join(change.label for change in filing.changes)
    return "，".join(part for part in (labels, filing.note) if part)
