"""What statistics does by itself: counting cases as they move, folding, checking, looking for outbreaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base.jobs import job
from hongdun.base.scope import current
from hongdun.cases.models import Case
from hongdun.outbox import on
from hongdun.statistics.actions import folding
from hongdun.statistics.outbreak import actions as outbreaks

if TYPE_CHECKING:
    from hongdun.outbox.models import Message


@on(
    "case.opened", "case.moved", "case.routed", "case.transferred", "case.withdrawn", "case.extended",
    "consumer.rated", "consumer.published", "consumer.withheld", "consumer.shown_again",
)  # fmt: skip
def count_case(message: Message) -> None:
    """The case as it stands now; a message that comes late or twice leaves nothing."""
    found = Case.objects.filter(number=message.body["number"], procedure_code__startswith=folding.CONSUMER)
    if case := found.values_list("pk", flat=True).first():
        folding.count([case])


@job("statistics.fold", cron="* * * * *", whole=False, attempts=1)
def fold() -> None:
    folding.fold_all()


@job("statistics.recount", cron="20 17 * * *", whole=False, attempts=2)
def recount() -> None:
    """After one at night in Guangxi: limits that ran out since yesterday, and whatever no message told of."""
    folding.recount()
    folding.fold_all()


@job("statistics.watch_outbreaks", cron="40 0-14 * * *")
def watch_outbreaks() -> None:
    """From twenty to nine in the morning to twenty to eleven at night in Guangxi."""
    outbreaks.watch(actor=current())
