"""What is announced of an entity, on its public page: notices to creditors and notices that may be objected to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from hongdun.base import clock
from hongdun.registration.models import DecreaseNotice, PublicNotice

if TYPE_CHECKING:
    from datetime import date

    from hongdun.register.models import Entity

SHOWN = 5
# What the section depends on, for the lean lane: `e` is the entity.
CHANGES_WITH = """coalesce((SELECT max(d.id::text) FROM registration_decreasenotice d WHERE d.entity_id = e.id), '')
    || '|' || coalesce((SELECT string_agg(n.state, ',' ORDER BY n.id) FROM registration_publicnotice n
                         WHERE n.uscc = e.uscc), '')"""


@dataclass(frozen=True, slots=True)
class Announced:
    """`state` in words; `is_open`: whoever is concerned may still come forward."""

    what: str
    words: str
    since: date
    until: date
    state: str
    is_open: bool
    href: str


def section(entity: Entity) -> dict[str, Any] | None:
    """The newest of each kind; None where nothing was ever announced."""
    found = [*_decreases(entity), *_notices(entity)]
    return {"announced": sorted(found, key=lambda one: one.since, reverse=True)} if found else None


def _decreases(entity: Entity) -> list[Announced]:
    address = f"{reverse('decrease_notices')}?uscc={entity.uscc}"
    today = clock.today()
    return [
        Announced(
            "减少注册资本公告", f"由 {each.was} 减至 {each.becomes}，债权申报：{each.contact}", each.published, each.until,
            "公告中" if each.until >= today else "公告期满", each.until >= today, address,
        )
        for each in DecreaseNotice.objects.filter(entity=entity).order_by("-published", "-id")[:SHOWN]
    ]  # fmt: skip


def _notices(entity: Entity) -> list[Announced]:
    found = PublicNotice.objects.filter(uscc=entity.uscc).exclude(state=PublicNotice.State.WITHDRAWN)
    return [
        Announced(
            "登记公示", each.text, each.since, each.until, each.get_state_display(),
            each.state == PublicNotice.State.OPEN, reverse("notice", args=[each.pk]),
        )
        for each in found.order_by("-since", "-id")[:SHOWN]
    ]  # fmt: skip
