from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings

from hongdun.base.jobs import enqueue, job
from hongdun.base.scope import system_scope
from hongdun.calls import actions
from hongdun.calls.models import Prompt
from hongdun.calls.switch import prompts
from hongdun.outbox import on

if TYPE_CHECKING:
    from hongdun.outbox.models import Message


@on("consumer.filed")
def link_to_case(message: Message) -> None:
    actions.link(UUID(message.body["call"]), case_id=UUID(message.body["case"]))


@job("calls.keep_recording", whole=False)
def keep_recording(call: str) -> None:
    """The capture goes only when what was made of it is committed."""
    with system_scope("保存通话录音"):
        actions.keep_recording(UUID(call))
    actions.forget_captures(UUID(call))


@job("calls.sweep", cron="40 * * * *", attempts=1)
def sweep() -> None:
    for call in actions.left_behind():
        enqueue("calls.keep_recording", call=call)


@job("calls.delete_recordings", cron="30 18 * * *", attempts=1)
def delete_recordings() -> None:
    """02:30 in Guangxi."""
    actions.delete_due()


@job("calls.make_prompt")
def make_prompt(prompt: str) -> None:
    """Of a prompt that was taken back meanwhile there is nothing to make."""
    for found in Prompt.objects.filter(id=prompt):
        prompts.make_own(_prompts(), found)


@job("calls.forget_prompt")
def forget_prompt(organ: int, code: str) -> None:
    if not Prompt.objects.filter(organ=organ, code=code).exists():
        prompts.forget_own(_prompts(), organ, code)


def _prompts() -> Path:
    return Path(settings.HONGDUN_HOME) / "prompts"
