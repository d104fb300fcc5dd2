"""Answers and warnings: written, checked by another officer, issued, replaced by the next version, withdrawn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.cases.actions import Incomplete, NotAllowed, Refused
from hongdun.library.actions.seeding import pieces
from hongdun.library.models import Draft, Issued, Kind, State
from hongdun.library.queries import statutes
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from hongdun.base.actor import Actor

CHECKERS = frozenset({"head", "approver"})
FIELDS = ("subject", "title", "text", "words", "basis", "valid_from", "valid_to")


def write(*, kind: str, actor: Actor, draft: UUID | None = None, replaces: str = "", **given: Any) -> Draft:
    """Begin a draft or go on with it; who wrote last is its author."""
    if actor.organ is None:
        raise NotAllowed("请先选择岗位，再起草。")
    row = _locked(draft, State.WRITING) if draft else Draft(organ=actor.organ, kind=kind, replaces=replaces)
    for name in FIELDS:
        setattr(row, name, given[name])
    row.author, row.author_name, row.changed = actor.person, actor.name, clock.now()
    row.save()
    return row


def draft_warning(*, organ: int, source: str, title: str, text: str) -> Draft:
    """What an alarm proposes to say, once for each alarm."""
    row, _ = Draft.objects.get_or_create(
        source=source,
        defaults={
            "organ": organ, "kind": Kind.WARNING, "title": title, "text": text, "valid_from": clock.today(),
            "author_name": "热点预警",
        },
    )  # fmt: skip
    return row


def hand_in(draft: UUID, *, actor: Actor) -> Draft:
    """For checking: what it cites must exist."""
    row = _locked(draft, State.WRITING)
    if row.kind == Kind.ANSWER and not row.basis:
        raise Incomplete("解答须有依据：请填写法规名称和条，例如“消费者权益保护法 25”。", field="basis")
    if problems := statutes.problems(row.basis, on=row.valid_from):
        raise Incomplete("；".join(problems), field="basis")
    if row.author is None:
        row.author, row.author_name = actor.person, actor.name
    return _to(row, State.CHECKING, "library.handed_in", actor)


def send_back(draft: UUID, *, remark: str, actor: Actor) -> Draft:
    row = _to_be_checked(draft, actor)
    if not remark.strip():
        raise Incomplete("请写明退回修改的理由。", field="remark")
    row.remark = remark.strip()
    return _to(row, State.WRITING, "library.sent_back", actor)


def issue(draft: UUID, *, actor: Actor, remark: str = "") -> Issued:
    """Publish it; the version that it replaces ends the day before."""
    row = _to_be_checked(draft, actor)
    if problems := statutes.problems(row.basis, on=row.valid_from):
        raise Refused("；".join(problems))
    row.remark, row.checker_name = remark.strip(), actor.name
    _to(row, State.ISSUED, "library.issued", actor)
    _end(row, actor)
    issued = Issued.objects.create(
        id=row.id, organ=row.organ, kind=row.kind, replaces=row.replaces, **{name: getattr(row, name) for name in FIELDS},
        grams=pieces(row.title, row.text, row.words, row.subject),
    )  # fmt: skip
    outbox.publish("library.issued", organ=row.organ, id=issued.id, kind=row.kind, title=row.title)
    return issued


def withdraw(issued: UUID, *, reason: str, actor: Actor) -> Issued:
    _must_check(actor)
    row = (
        Issued.objects.select_for_update().filter(pk=issued, organ__range=actor.range, withdrawn=None).first()
    )
    if row is None:
        raise Refused("没有找到这份文稿，或者它已经撤回，或者由上级单位发布。")
    if not reason.strip():
        raise Incomplete("请写明撤回的理由。", field="reason")
    row.withdrawn, row.reason = clock.now(), reason.strip()
    row.save(update_fields=["withdrawn", "reason"])
    audit.record("library.withdrawn", actor=actor, subject=row.title, organ=row.organ, reason=row.reason)
    outbox.publish("library.withdrawn", organ=row.organ, id=row.id, kind=row.kind, title=row.title)
    return row


def _end(row: Draft, actor: Actor) -> None:
    """Of the issued version that this one replaces; an answer of the release is hidden while this is in force."""
    try:
        before = UUID(row.replaces)
    except ValueError:
        return
    last = row.valid_from - timedelta(days=1)
    ended = Issued.objects.filter(pk=before, organ__range=actor.range).update(valid_to=last)
    if not ended:
        raise Refused("所替换的文稿由上级单位发布，请报请上级修改。")


def _to_be_checked(draft: UUID, actor: Actor) -> Draft:
    _must_check(actor)
    row = _locked(draft, State.CHECKING)
    if row.author == actor.person:
        raise NotAllowed("起草人不能审核自己的文稿，请由另一位负责人审核。")
    return row


def _must_check(actor: Actor) -> None:
    if not actor.roles & CHECKERS:
        raise NotAllowed("审核、发布和撤回由核准人或者负责人办理。")


def _locked(draft: UUID, state: State) -> Draft:
    row = Draft.objects.select_for_update().filter(pk=draft).first()
    if row is None or row.state != state:
        raise Refused("文稿已被他人办理，或不在这一步，请返回列表查看。")
    return row


def _to(row: Draft, state: State, verb: str, actor: Actor) -> Draft:
    row.state, row.changed = state, clock.now()
    row.save()
    audit.record(verb, actor=actor, subject=row.title, organ=row.organ, reason=row.remark)
    return row
