"""A call on the 12315 telephone is a contact from its first ring on, whether anybody answers or not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hongdun.base.actor import system
from hongdun.calls.models import Call
from hongdun.consumer.actions.contacts import receive

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.consumer.models import Contact

CHANNEL = "phone_12315"


def keep(call_id: UUID | str) -> Contact:
    """Under the call's own key, so that it is one contact however often the message comes."""
    call = Call.objects.get(pk=call_id)
    return receive(
        channel=CHANNEL,
        key=str(call.pk),
        payload=json.dumps({"call": str(call.pk), "line": call.line}),
        organ=call.organ,
        actor=system("来电记为来件"),
        sender_phone=call.caller,
        received_at=call.arrived,
    )
