"""What statistics does by itself: looking for outbreaks every hour of the working day."""

from hongdun.base.jobs import job
from hongdun.base.scope import current
from hongdun.statistics.outbreak import actions as outbreaks


@job("statistics.watch_outbreaks", cron="40 0-14 * * *")
def watch_outbreaks() -> None:
    """From twenty to nine in the morning to twenty to eleven at night in Guangxi."""
    outbreaks.watch(actor=current())
