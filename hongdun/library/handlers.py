"""Alarms of outbreaks become drafts of warnings to consumers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.library import actions
from hongdun.outbox import on

if TYPE_CHECKING:
    from hongdun.outbox.models import Message


@on("statistics.consumer_warning")
def draft_warning(message: Message) -> None:
    assert message.organ is not None
    body = message.body
    actions.draft_warning(organ=message.organ, source=body["number"], title=body["title"], text=body["text"])
