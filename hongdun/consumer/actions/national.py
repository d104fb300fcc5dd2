"""What the national 12315 platform hands down, under its own number, and what it is told of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hongdun.consumer.actions.filing import Filing, Merchant, Sender
from hongdun.consumer.actions.taking import file, organ_for, take_in
from hongdun.consumer.models import Contact, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

CHANNEL, MARK = "platform_12315", "national:"


def take(item: Mapping[str, Any]) -> None:
    number, division = str(item["number"]), str(item.get("jurisdiction_id", ""))
    sender = Sender(
        str(item.get("last_name", "")), str(item.get("phone", "")), str(item.get("sender_address", ""))
    )
    contact = take_in(
        channel=CHANNEL, key=f"{MARK}{number}", payload=json.dumps(item, ensure_ascii=False, sort_keys=True),
        organ=organ_for(division), sender=sender,
    )  # fmt: skip
    file(contact, _filing(item, sender, division))


def _filing(item: Mapping[str, Any], sender: Sender, division: str) -> Filing:
    return Filing(
        kinds=frozenset(Kind(kind) for kind in item["kinds"]), sender=sender, text=str(item["description"]),
        report_text=str(item.get("report_text", "")), claims=tuple(item.get("claims", ())),
        merchant=Merchant(str(item.get("merchant", "")), str(item.get("address_string", ""))),
        sale_division=division, anonymous=bool(item.get("anonymous", False)),
    )  # fmt: skip


def told(*, since: datetime) -> Iterator[dict[str, Any]]:
    """Registered, and closed with what came of it."""
    mine = Contact.objects.filter(channel=CHANNEL, key__startswith=MARK, received_at__gte=since)
    for contact in mine.prefetch_related("matters__case").order_by("received_at"):
        matters = sorted(contact.matters.all(), key=lambda each: each.kind)
        number = contact.key.removeprefix(MARK)
        if matters:
            yield {"number": number, "state": "registered", "cases": [each.case.number for each in matters]}
        for each in matters:
            if each.case.closed:
                yield {
                    "number": number, "state": f"closed-{each.kind}", "case": each.case.number,
                    "result": each.result, "at": each.case.closed,
                }  # fmt: skip
