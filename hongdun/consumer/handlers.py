"""What runs by itself: warnings before a period ends."""

from __future__ import annotations

from hongdun.base.jobs import job
from hongdun.consumer.actions import warnings


@job("consumer.warn", cron="15 0-9 * * *")
def warn() -> None:
    """Each hour of the day in Guangxi (UTC+8); holidays and week-ends are left alone."""
    warnings.warn()
