"""E-mail and text messages in: each kept before it is read, answered once with the way to make it a filing."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.utils import parseaddr
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from hongdun.base import sms
from hongdun.base.jobs import enqueue
from hongdun.base.scope import system_scope
from hongdun.consumer.actions.contacts import KeyTaken
from hongdun.consumer.actions.filing import Sender
from hongdun.consumer.actions.taking import link, take_in
from hongdun.consumer.models import Contact
from hongdun.consumer.queries import channels, contacts, reading

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.consumer.channels.mailbox import Mailbox

REPLY = "consumer.reply"
LONGEST = 100
# Of these no answer goes out, or two machines would write to each other for ever (RFC 3834).
BY_MACHINES = ("Auto-Submitted", "List-Id", "X-Autoreply")
WORDS = (
    "您好：\n\n已收到您的来件，来件号 {reference}。\n\n{why}请任选一种方式：\n"
    "一、打开 {link} 补全后提交（15 天内有效）；\n二、拨打 12315，报来件号。\n"
)
WHY = "投诉举报要经全国 12315 平台、12315 电话、公布的邮寄地址或者窗口提出（{citation}）。"


def fetch(mailbox: Mailbox) -> int:
    """Take in what is unread; a message is marked only when it is kept, so a broken run loses and doubles nothing."""
    count = 0
    for name, raw in mailbox.unread():
        take_email(raw)
        mailbox.taken(name)
        count += 1
    return count


def take_email(raw: bytes) -> Contact:
    """Keyed by Message-ID, or by the bytes where there is none or another message came under it."""
    message = message_from_bytes(raw, policy=policy.default)
    digest = sha256(raw).hexdigest()
    key = str(message["Message-ID"] or "").strip()[:LONGEST] or digest
    name, _ = parseaddr(str(message["From"] or ""))
    payload = reading.letter(raw)
    answers = not any(message[header] for header in BY_MACHINES)
    sender = Sender(name[:60], "")
    try:
        return _take("email", key, payload, sender, answers=answers)
    except KeyTaken:
        return _take("email", digest, payload, sender, answers=answers)


def take_sms(*, key: str, number: str, text: str) -> Contact:
    """What the provider of text messages hands over, under the provider's own number of the message."""
    return _take("sms", key[:LONGEST], text, Sender("", number), answers=True)


def _take(channel: str, key: str, payload: str, sender: Sender, *, answers: bool) -> Contact:
    """The answer is queued with the contact, so there is one however often the message is read."""
    with system_scope(f"12315 来件 {channel}"):
        is_known = Contact.objects.filter(channel=channel, key=key).exists()
        contact = take_in(
            channel=channel, key=key, payload=payload, organ=settings.HONGDUN_NODE, sender=sender
        )
        if answers and not is_known:
            enqueue(REPLY, contact=contact.pk)
        return contact


def reply(key: UUID) -> None:
    with system_scope("回复来件"):
        contact = Contact.objects.get(pk=key)
        way = channels.channel(contact.channel, on=timezone.localdate(contact.received_at))
        why = WHY.format(citation=way.citation)
    text = WORDS.format(reference=contacts.reference(contact), why=why, link=link(contact))
    if contact.channel == "sms":
        sms.send(contact.sender_phone, f"【红盾网】{text}")
        return
    message = reading.email_of(contact.payload)
    _, address = parseaddr(str(message["Reply-To"] or message["From"] or ""))
    if "@" not in address:
        return
    thread = {"Auto-Submitted": "auto-replied"}
    if message["Message-ID"]:
        thread |= {"In-Reply-To": str(message["Message-ID"]), "References": str(message["Message-ID"])}
    EmailMessage(
        f"来件 {contacts.reference(contact)} 已收到",
        text,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        headers=thread,
    ).send()
