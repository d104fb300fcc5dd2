from __future__ import annotations

from uuid import UUID

from hongdun.base.jobs import job
from hongdun.base.scope import system_scope
from hongdun.calls import actions


@job("calls.keep_recording", whole=False)
def keep_recording(call: str) -> None:
    """The capture goes only when what was made of it is committed."""
    with system_scope("保存通话录音"):
        actions.keep_recording(UUID(call))
    actions.forget_captures(UUID(call))


@job("calls.delete_recordings", cron="30 18 * * *", attempts=1)
def delete_recordings() -> None:
    """02:30 in Guangxi."""
    actions.delete_due()
