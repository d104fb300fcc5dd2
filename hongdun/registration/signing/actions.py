"""Ask for signatures, prove who signs, sign or decline; each once, however often the button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.actor import Actor
from hongdun.base.scope import system_scope
from hongdun.lib import masking
from hongdun.outbox import actions as outbox
from hongdun.parties.models import Person
from hongdun.registration import queries as filings
from hongdun.registration.models import Draft, Signature
from hongdun.registration.signing import frozen, identity, links
from hongdun.registration.signing import queries as signing

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.registration.signing.signatories import Signatory

State = Signature.State
MOST_TRIES = 5
LOCKED = "多次核对不符，链接已停用。请申请人核对您的姓名和证件号码后重新发送。"


class SigningRefused(Exception):
    """Why nothing was signed or sent; the message is for the one who pressed."""


def invite(draft_id: UUID, *, actor: Actor) -> list[Signature]:
    """Send a link to each who has yet to sign the application as it stands; earlier links and signatures end."""
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    if draft.sent:
        raise SigningRefused("这份申请已经提交，不用再签署。")
    if missing := filings.unfinished(draft):
        raise SigningRefused(f"“{missing[0][1]}”还没有填写完，请先填写，再发送签署链接。")
    current = frozen.fingerprint(draft)
    stale = draft.signatures.exclude(hash=current).exclude(state=State.VOID)
    for old in stale:
        _record("signature.voided", old, actor=actor)
    stale.update(state=State.VOID)
    asked = [_ask(draft, place.signatory, current) for place in signing.places(draft) if _needs_link(place)]
    for signature in asked:
        _record("signature.asked", signature, actor=actor)
        outbox.publish("signature.asked", signature=str(signature.pk))
    return asked


def _needs_link(place: signing.Place) -> bool:
    """A live link isn't sent again by a second press; a declined or expired one is."""
    found = place.signature
    if found is None or found.state == State.DECLINED:
        return True
    return found.state == State.WAITING and (found.expires <= clock.now() or found.tries >= MOST_TRIES)


def _ask(draft: Draft, who: Signatory, current: str) -> Signature:
    with system_scope("发送签署链接"):
        person = Person.objects.get(pk=who.person)
    if not person.phone and not person.email:
        raise SigningRefused(f"没有“{who.name}”的手机号码，签署链接发不出去，请在申请里补填。")
    draft.signatures.filter(person=who.person, hash=current).exclude(state=State.SIGNED).update(
        state=State.VOID
    )
    return Signature.objects.create(
        draft=draft, applicant=draft.person, person=who.person, name=who.name, capacity=who.capacity,
        signs=list(who.papers), hash=current, not_by=who.not_by, why=who.why, expires=clock.now() + links.LASTS,
        sent_to=masking.phone(person.phone) if person.phone else masking.email(person.email),
    )  # fmt: skip


def identify(signature_id: UUID, *, name: str, digits: str) -> str:
    """Name and figures agree: a code goes to the telephone. Says what is wrong; five wrong tries end the link."""
    signature = _live(signature_id)
    if signature.tries >= MOST_TRIES:
        return LOCKED
    if not identity.check().knows(signature, name=name, digits=digits):
        _count_try(signature)
        if signature.not_by and name.strip() and name.strip() in signature.not_by:
            return signature.why
        return "姓名或者证件号码与申请里填写的签署人不一致，请核对；申请里填错的，请申请人修改后重新发送。"
    if signature.code_until is None or signature.code_until <= clock.now():
        signature.code_until = clock.now() + links.CODE_LASTS
        signature.save(update_fields=["code_until"])
        outbox.publish("signature.code", signature=str(signature.pk))
    return ""


def confirm_code(signature_id: UUID, *, typed: str) -> str:
    """The code that went to the telephone; says what is wrong."""
    signature = _live(signature_id)
    if signature.tries >= MOST_TRIES:
        return LOCKED
    if signature.code_until is None or signature.code_until <= clock.now():
        return "验证码已过期，请返回上一步重新获取。"
    if not links.is_code(signature, typed):
        _count_try(signature)
        return "验证码不对，请核对短信后重填。"
    signature.tries, signature.identified_by = 0, identity.check().by
    signature.save(update_fields=["tries", "identified_by"])
    return ""


def _count_try(signature: Signature) -> None:
    signature.tries += 1
    signature.save(update_fields=["tries"])
    _record("signature.not_recognised", signature, actor=signer(signature))


def sign(signature_id: UUID) -> Signature:
    """Signed is signed: a second press changes nothing. What was changed meanwhile isn't what was read."""
    return _decide(signature_id, State.SIGNED, "")


def decline(signature_id: UUID, *, reason: str) -> Signature:
    if not reason.strip():
        raise SigningRefused("请写明为什么不签，申请人会看到。")
    return _decide(signature_id, State.DECLINED, reason.strip()[:300])


def _decide(signature_id: UUID, state: str, reason: str) -> Signature:
    found = Signature.objects.select_for_update().select_related("draft").get(pk=signature_id)
    if found.state == state:
        return found
    signature = _live(signature_id)
    if not signature.identified_by:
        raise SigningRefused("请先核对身份。")
    if frozen.fingerprint(signature.draft) != signature.hash:
        raise SigningRefused("申请人修改了申请，这个链接不再有效。请等新的签署链接。")
    signature.state, signature.decided, signature.reason = state, clock.now(), reason
    signature.save(update_fields=["state", "decided", "reason"])
    _record(f"signature.{state}", signature, actor=signer(signature))
    outbox.publish("signature.decided", signature=str(signature.pk))
    return signature


def _live(signature_id: UUID) -> Signature:
    """Held until the transaction ends; refused where the link no longer leads anywhere."""
    signature = Signature.objects.select_for_update(of=("self",)).select_related("draft").get(pk=signature_id)
    if signature.state != State.WAITING:
        raise SigningRefused(f"这个链接{signature.get_state_display()}，不能再签署。")
    if signature.draft.sent:
        raise SigningRefused("申请已经提交，不用再签署。")
    if signature.expires <= clock.now():
        raise SigningRefused("链接已过期，请申请人重新发送。")
    return signature


def signer(signature: Signature) -> Actor:
    """Whoever holds the link acts as the person named in it."""
    return Actor(signature.name, "applicant", signature.person)


def _record(verb: str, signature: Signature, *, actor: Actor) -> None:
    audit.record(
        verb, actor=actor, subject=signature.pk, draft=str(signature.draft_id), hash=signature.hash,
        person=str(signature.person),
    )  # fmt: skip
