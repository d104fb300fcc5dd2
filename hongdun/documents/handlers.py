"""What documents do by themselves: files that came while the scanner was silent are looked at later."""

from __future__ import annotations

from hongdun.base.jobs import job
from hongdun.base.scope import current
from hongdun.documents import actions


@job("documents.scan", cron="*/5 * * * *")
def scan_late() -> None:
    actions.scan_due(actor=current())
