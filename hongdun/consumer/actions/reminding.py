"""Beside the day page: a short message or an e-mail to the officers that a case waits for, never its content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.mail import send_mail

from hongdun.audit import actions as audit
from hongdun.base import sms
from hongdun.cases.models import Case, Task
from hongdun.consumer.models import Reach
from hongdun.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from hongdun.base.actor import Actor

WAYS = ("sms", "email")
MOST = 20  # officers told of one thing
ABOVE = {"head", "clerk"}
WORDS = {
    "consumer.urged": "有催办",
    "consumer.supervised": "有督办，请按期回复",
    "consumer.merchant_answered": "商家已经答复",
    "consumer.consent": "投诉人已经答复是否同意调解",
}


def keep(*, phone: str, email: str, from_percent: int, actor: Actor) -> Reach:
    """An officer says where and from when on; empty fields end it."""
    assert actor.person is not None
    row, _ = Reach.objects.update_or_create(
        officer=actor.person, defaults={"phone": phone.strip(), "email": email.strip(), "from_percent": from_percent}
    )  # fmt: skip
    audit.record("consumer.reach_kept", actor=actor, subject=row.officer, organ=actor.organ)
    return row


def reach_of(actor: Actor) -> Reach | None:
    return Reach.objects.filter(officer=actor.person).first() if actor.person else None


def to_be_told(topic: str, organ: int, body: Mapping[str, Any]) -> list[UUID]:
    """Who works on the case, by the organ that the message is for; those who left an address and want it so early."""
    case = Case.objects.filter(number=body.get("number", ""), closed=None).first()
    if case is None:
        return []
    wanted = {"from_percent__lte": body["percent"]} if topic == "consumer.deadline" else {}
    found = Reach.objects.filter(officer__in=_working_on(case, organ), **wanted)
    return list(found.values_list("officer", flat=True)[:MOST])


def _working_on(case: Case, organ: int) -> set[UUID]:
    tasks = list(Task.objects.waiting().filter(case=case, organ=organ))
    assigned = {task.assignee for task in tasks if task.assignee}
    roles = {task.role for task in tasks if not task.assignee} if tasks else ABOVE
    return assigned | {post.officer_id for post in org.holders(organ=organ, roles=roles)}


def send(officer: UUID, way: str, topic: str, body: Mapping[str, Any]) -> None:
    row = Reach.objects.filter(officer=officer).first()
    case = Case.objects.filter(number=body["number"], closed=None).first()
    address = (row.phone if way == "sms" else row.email) if row else ""
    if case is None or not address:
        return
    text = words(case, topic, body)
    if way == "sms":
        sms.send(address, f"【红盾网】{text}")
    else:
        send_mail(f"{case.procedure.label} {case.number}", text, settings.DEFAULT_FROM_EMAIL, [address])


def words(case: Case, topic: str, body: Mapping[str, Any]) -> str:
    """Number, step and day: no name of anybody."""
    if topic == "consumer.deadline":
        label = case.procedure.steps[body["step"]].label
        what = f"“{label}”期限已过 {body['percent']}%，{body['due']} 届满"
    else:
        what = WORDS[topic]
    return f"{case.procedure.label} {case.number} {what}。请登录办理：{settings.BASE_URL}{case.get_absolute_url()}"
