"""E-mail to followers: at once or once a day, and when their webhook is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Exists, OuterRef

from hongdun.base.jobs import enqueue
from hongdun.exchange.models import Follower, Match, Webhook
from hongdun.exchange.queries import follows as queries
from hongdun.parties.models import Person

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.exchange.models import Change

MAIL = "exchange.mail"
MOST = 100  # changes in one e-mail; the page has the rest


def queue_due(mail: str) -> None:
    """One job for each follower of this choice who has not been told of everything."""
    matches = Match.objects.filter(person=OuterRef("person"), position__gt=OuterRef("mailed"))
    for number in Follower.objects.filter(Exists(matches), mail=mail).values_list("id", flat=True):
        enqueue(MAIL, once=f"{MAIL}:{number}", follower=number)


def tell(number: UUID) -> None:
    """Send what the follower has not been sent; the note that it is sent commits with the job."""
    found = Follower.objects.select_for_update().filter(pk=number).exclude(mail=Follower.Mail.NONE).first()
    if found is None:
        return
    untold = queries.matched(found.person, after=found.mailed)
    newest, count = list(untold.order_by("-position")[:MOST]), untold.count()
    if not newest:
        return
    found.mailed = newest[0].position
    found.save(update_fields=["mailed"])
    to = _mailbox(found.person)
    if to:
        send_mail(f"您关注的登记有 {count} 项变更", words(newest, count), settings.DEFAULT_FROM_EMAIL, [to])


def words(newest: list[Change], count: int) -> str:
    lines = [
        f"{change.name}（{change.uscc}）\n{change.words}\n{settings.BASE_URL}{change.get_absolute_url()}\n"
        for change in newest
    ]
    more = f"另有 {count - len(newest)} 项，请登录查看。\n" if count > len(newest) else ""
    return "\n".join([*lines, f"{more}调整或停止关注：{settings.BASE_URL}/follow/"])


def tell_disabled(number: UUID) -> None:
    """Only what and where; what the address answered stands on the page."""
    found = Webhook.objects.filter(pk=number).first()
    to = _mailbox(found.person) if found else ""
    if found and to:
        text = (
            f"推送地址连续五天不能送达，已停用。修好后请登录重新启用，变更会从停下的地方接着推送：\n"
            f"{settings.BASE_URL}/follow/webhooks/{found.pk}/"
        )
        send_mail("推送已停用", text, settings.DEFAULT_FROM_EMAIL, [to])


def _mailbox(person: UUID) -> str:
    return next((each.email for each in Person.objects.filter(pk=person)), "")
