"""Links and codes on their way to telephones and mailboxes; their addresses are opened here and nowhere kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail

from hongdun.base import clock, sms
from hongdun.base.scope import system_scope
from hongdun.parties.models import Person
from hongdun.registration.models import Signature
from hongdun.registration.queries import label
from hongdun.registration.signing import links

if TYPE_CHECKING:
    from uuid import UUID

State = Signature.State


def send_link(signature_id: UUID) -> None:
    """Nothing goes out for a link that has ended meanwhile."""
    signature = _waiting(signature_id)
    if signature:
        _reach(
            signature.person,
            "请签署登记申请",
            f"“{signature.draft}”{label(signature.draft.procedure_code)}申请，请您以{signature.capacity}身份签署，"
            f"七日内有效：{links.address(signature)} 与您无关的请勿打开。",
        )


def send_code(signature_id: UUID) -> None:
    signature = _waiting(signature_id)
    if signature and signature.code_until and signature.code_until > clock.now():
        _reach(
            signature.person,
            "签署验证码",
            f"签署验证码 {links.code(signature)}，10 分钟内有效，请勿告诉他人。",
        )


def tell_applicant(signature_id: UUID) -> None:
    """The applicant hears of a refusal; what was signed shows on the page."""
    with system_scope("签署结果"):
        signature = (
            Signature.objects.select_related("draft").filter(pk=signature_id, state=State.DECLINED).first()
        )
    if signature:
        _reach(
            signature.applicant,
            "有人没有签署",
            f"{signature.name}没有签署“{signature.draft}”的申请，理由请登录查看：{settings.BASE_URL}/apply/{signature.draft_id}/check/",
        )


def _waiting(signature_id: UUID) -> Signature | None:
    with system_scope("发送签署链接"):
        found = Signature.objects.select_related("draft").filter(pk=signature_id, state=State.WAITING)
        return found.first()


def _reach(person_id: UUID, subject: str, text: str) -> None:
    """By telephone, else by e-mail."""
    with system_scope("发送签署链接"):
        person = Person.objects.get(pk=person_id)
    if person.phone:
        sms.send(person.phone, f"【红盾网】{text}")
    elif person.email:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [person.email])
