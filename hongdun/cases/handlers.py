"""What happens after a case moved: overdue tasks are raised, notices go out by e-mail and telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail

from hongdun.audit import actions as audit
from hongdun.base import clock, sms
from hongdun.base.jobs import enqueue, job
from hongdun.base.scope import current
from hongdun.cases.actions import escalate
from hongdun.cases.models import Notice
from hongdun.outbox import on
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from hongdun.outbox.models import Message
    from hongdun.parties.models import Person

CHANNELS = ("sms", "email")


@job("cases.escalate", cron="*/30 * * * *")
def raise_overdue() -> None:
    escalate()


@on("case.notice", history=False)
def send_out(message: Message) -> None:
    """One job for each channel: a provider that fails is tried again without holding up the other."""
    for channel in CHANNELS:
        enqueue("cases.send_notice", notice=message.body["notice"], channel=channel)


@job("cases.send_notice")
def send_notice(notice: str, channel: str) -> None:
    """Tell the applicant and the agent over one channel; their addresses are opened here and nowhere kept."""
    found = Notice.objects.select_related("case").get(pk=notice)
    if channel in found.sent:
        return
    told = [str(person.id) for person in parties.to_be_told(found.case_id) if _reach(person, found, channel)]
    if not told:
        return
    found.sent = found.sent | {channel: clock.now().isoformat()}
    found.save(update_fields=["sent"])
    audit.record(
        "notice.sent", actor=current(), subject=found.number or found.title, organ=found.organ,
        case_id=found.case_id, channel=channel, to=told,
    )  # fmt: skip


def _reach(person: Person, notice: Notice, channel: str) -> bool:
    """Send, if the person has left an address for the channel."""
    address = person.phone if channel == "sms" else person.email
    if not address:
        return False
    text = words(notice)
    if channel == "sms":
        sms.send(address, f"【红盾网】{text}")
    else:
        send_mail(f"{notice.title}（{notice.case.number}）", text, settings.DEFAULT_FROM_EMAIL, [address])
    return True


def words(notice: Notice) -> str:
    """What and where, but nothing of the content: telephones and mailboxes are read by others too."""
    case = notice.case
    if case.procedure.words:
        return case.procedure.words(notice)
    return (
        f"您申请的“{case.title}”{case.procedure.label}（{case.number}）有新的通知：{notice.title}。"
        f"请登录查看：{settings.BASE_URL}/my/{case.number}/"
    )
