from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.consumer.models import Reporter


def read(reporter: Reporter, *, reason: str, actor: Actor) -> list[tuple[str, str]]:
    """Open the seal; who, why and when is logged first."""
    case = reporter.case
    audit.record(
        "consumer.reporter_read",
        actor=actor,
        subject=case.number,
        organ=case.organ,
        case_id=case.id,
        reason=reason,
    )
    if reporter.is_anonymous:
        return [("举报人", "匿名")]
    return [
        ("姓名", reporter.name),
        ("联系电话", reporter.phone),
        ("通讯地址", reporter.address),
        ("证件号码", reporter.id_number),
    ]
