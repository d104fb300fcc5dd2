"""What an administrator or supervisor lays down for their range: the database refuses any other organ's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base.clock import now
from hongdun.base.jobs import enqueue
from hongdun.calls.models import Choice, Prompt
from hongdun.calls.queries import menu_text

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.calls.models import Hours, Line, Operator, Queue

    Laid = Line | Choice | Hours | Queue | Operator | Prompt

MENU = "menu"


def lay_down(row: Laid, *, actor: Actor) -> None:
    """Save one row; what is said to callers follows it."""
    if isinstance(row, Prompt):
        row.changed = now()
    row.save()
    _record("call.setting_changed", row, actor=actor)
    if isinstance(row, Prompt):
        enqueue("calls.make_prompt", prompt=row.id)
    elif isinstance(row, Choice):
        say_menu(row.organ, actor=actor)


def withdraw(row: Laid, *, actor: Actor) -> None:
    _record("call.setting_withdrawn", row, actor=actor)
    row.delete()
    if isinstance(row, Prompt):
        enqueue("calls.forget_prompt", organ=row.organ, code=row.code)
    elif isinstance(row, Choice):
        say_menu(row.organ, actor=actor)


def say_menu(organ: int, *, actor: Actor) -> None:
    """Callers hear the digits that there are; a menu that somebody spoke is theirs to speak anew."""
    own = Prompt.objects.filter(organ=organ, code=MENU).first()
    text = menu_text(organ)
    if own and own.sound is None and not text:
        withdraw(own, actor=actor)
    elif text and (own is None or own.sound is None):
        prompt = own or Prompt(organ=organ, code=MENU)
        prompt.text = text
        lay_down(prompt, actor=actor)


def _record(verb: str, row: Laid, *, actor: Actor) -> None:
    audit.record(verb, actor=actor, subject=row.pk, organ=row.organ, what=str(row._meta.verbose_name))  # noqa: SLF001 - Django's documented Meta API
