from __future__ import annotations

from hongdun.base.jobs import job
from hongdun.parties.actions import keep_usage


@job("parties.keep_usage", cron="*/20 * * * *")
def fold_counters() -> None:
    """The counters themselves live for two days and may be lost in a crash."""
    keep_usage()
