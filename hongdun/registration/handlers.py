"""What registration does by itself: time limits of names, and hearing that a name was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from hongdun.base.jobs import enqueue, job
from hongdun.base.scope import current
from hongdun.outbox import on
from hongdun.register.models import Entity
from hongdun.registration.actions import handovers, times
from hongdun.registration.cancellation.simple import actions as simple
from hongdun.registration.individual.cancellation import actions as shops
from hongdun.registration.licence import printing
from hongdun.registration.name_ruling import actions as rulings
from hongdun.registration.screening import actions as screening
from hongdun.registration.signing import letters

if TYPE_CHECKING:
    from hongdun.outbox.models import Message


@job("registration.names_overdue", cron="10 16 * * *")
def raise_overdue_names() -> None:
    """Ten past midnight in Guangxi."""
    rulings.raise_overdue(actor=current())


@on("register.licence_issued")
def note_time(message: Message) -> None:
    """Original and duplicates are issued together: one of them is enough to know the time."""
    if message.body["copy"] == "original" and message.body.get("case_id"):
        times.note(UUID(message.body["case_id"]), issued=message.at)


@job("registration.print_run", whole=False)
def print_run(run: str) -> None:
    printing.print_run(UUID(run))


@job("registration.electronic_licence")
def give_electronic_licence(delivery: str) -> None:
    printing.give_electronic(UUID(delivery), actor=current())


@job("registration.screen")
def screen(*, number: str) -> None:
    screening.screen(number, actor=current())


@job("registration.print")
def print_papers(*, number: str) -> None:
    screening.print_papers(number, actor=current())


@job("registration.screen_late", cron="*/10 * * * *")
def hand_over_late() -> None:
    screening.hand_over_late(actor=current())


@job("registration.shops_unopposed", cron="20 16 * * *")
def cancel_shops_where_nobody_objected() -> None:
    """Twenty past midnight in Guangxi."""
    shops.cancel_where_nobody_objected()


@job("registration.notices_over", cron="5 16 * * *")
def end_notices() -> None:
    """Five past midnight in Guangxi."""
    simple.end_notices()


@on("case.withdrawn", history=False)
def note_withdrawal(message: Message) -> None:
    simple.note_withdrawal(message.body["number"])


@on("signature.asked", history=False)
def send_signing_link(message: Message) -> None:
    enqueue("registration.signing_link", signature=message.body["signature"])


@on("signature.code", history=False)
def send_signing_code(message: Message) -> None:
    enqueue("registration.signing_code", signature=message.body["signature"])


@on("signature.decided", history=False)
def tell_applicant_of_signature(message: Message) -> None:
    enqueue("registration.signing_news", signature=message.body["signature"])


@job("registration.signing_link")
def signing_link(signature: str) -> None:
    letters.send_link(UUID(signature))


@job("registration.signing_code")
def signing_code(signature: str) -> None:
    letters.send_code(UUID(signature))


@job("registration.signing_news")
def signing_news(signature: str) -> None:
    letters.tell_applicant(UUID(signature))


@on(
    "register.established",
    "register.changed",
    "register.corrected",
    "register.status_changed",
    history=False,
)
def tell_departments(message: Message) -> None:
    """Of registrations that a case made; what was loaded in bulk they know."""
    body = message.body
    found = handovers.occasions(message.topic, items=body.get("items", []), status=body.get("status", ""))
    if not found or not body.get("case_id"):
        return
    entity = Entity.objects.get(pk=body["entity"])
    handovers.send(
        entity, *found, case_id=UUID(body["case_id"]), organ=message.organ or entity.organ, actor=current()
    )


@on("register.changed", history=False)
def note_rename(message: Message) -> None:
    if "name" in message.body.get("items", ()):
        rulings.note_rename(UUID(message.body["entity"]), actor=current())
