"""Who has signed what of an application, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localtime

from hongdun.base import clock
from hongdun.registration.models import Signature
from hongdun.registration.signing import frozen, identity
from hongdun.registration.signing.signatories import is_demanded, required_signatories

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.registration.models import Draft
    from hongdun.registration.signing.signatories import Signatory

State = Signature.State


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the applicant's list: who must sign, and how it stands for the application as it is now."""

    signatory: Signatory
    signature: Signature | None

    @property
    def signed(self) -> bool:
        return self.signature is not None and self.signature.state == State.SIGNED

    @property
    def words(self) -> str:
        found = self.signature
        if found is None:
            return "还没有发送"
        if found.state == State.SIGNED and found.decided:
            return f"已于 {localtime(found.decided):%Y-%m-%d %H:%M} 签署"
        if found.state == State.DECLINED:
            return f"拒绝签署：{found.reason}"
        if found.state == State.WAITING and found.expires <= clock.now():
            return "链接已过期，请重新发送"
        return (
            f"已发送到 {found.sent_to}，等待签署"
            if found.state == State.WAITING
            else "链接已停用，请重新发送"
        )

    @property
    def colour(self) -> str:
        if self.signature is None:
            return "grey"
        return {State.SIGNED: "green", State.DECLINED: "red"}.get(self.signature.state, "yellow")  # type: ignore[call-overload,no-any-return]


def places(draft: Draft) -> list[Place]:
    """Only what was signed of the application as it stands counts; at the counter they sign on paper (细则 art. 15, 17)."""
    wanted = [] if draft.clerk else required_signatories(draft)
    if not wanted:
        return []
    current = frozen.fingerprint(draft)
    rows = {s.person: s for s in draft.signatures.filter(hash=current).exclude(state=State.VOID)}
    return [Place(each, rows.get(each.person)) for each in wanted]


def problem(draft: Draft, found: Sequence[Place]) -> str:
    """What keeps the application from being sent; empty where all have signed, or sign on paper from the beginning."""
    if not found or all(place.signed for place in found):
        return ""
    missing = "、".join(place.signatory.name for place in found if not place.signed)
    if is_demanded(draft):
        return f"还没有签署：{missing}。签署链接发到本人手机，都签署后才能提交。"
    if draft.signatures.exists():
        return f"已经开始网上签署，还没有签署：{missing}。修改申请后，先前的签署作废，须重新发送链接。"
    return ""


def records(draft: Draft) -> list[dict[str, Any]]:
    """What the case keeps of the signatures: who, as what, which hash, when, identified how."""
    return [
        {
            "name": place.signature.name, "capacity": place.signature.capacity, "signs": place.signature.signs,
            "hash": place.signature.hash, "at": localtime(place.signature.decided).isoformat(" ", "seconds"),
            "by": identity.WORDS.get(place.signature.identified_by, place.signature.identified_by),
        }
        for place in places(draft)
        if place.signature is not None and place.signature.state == State.SIGNED
    ]  # fmt: skip
