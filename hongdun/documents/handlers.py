"""What documents do by themselves: look at files that came while the scanner was silent, forget what never arrived."""

from __future__ import annotations

from hongdun.base.jobs import job
from hongdun.base.scope import current
from hongdun.documents import actions, arrivals


@job("documents.scan", cron="*/5 * * * *")
def scan_late() -> None:
    actions.scan_due(actor=current())


@job("documents.forget_arrivals", cron="40 19 * * *")
def forget_arrivals() -> None:
    """In the night, in Guangxi."""
    arrivals.forget_old()
