"""The complainant's own yes or no to mediation, where an officer waits for it (art. 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.audit import actions as audit
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.channels.models import Consent
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from hongdun.cases.models import Case

ASKED_AT = "consent"


def is_asked(case: Case) -> bool:
    with system_scope("投诉人查看调解意愿"):
        asked = case.tasks.filter(step=ASKED_AT, done__isnull=True).exists()
        return asked and not case.consents.exists()


def answer(case: Case, *, stance: str, words: str) -> None:
    """Said once; the officer notes both sides' word and goes on."""
    if not is_asked(case):
        raise cases.Refused("现在不需要答复是否同意调解，或者已经答复过；要改变请联系承办人员。")
    with system_scope("投诉人答复调解") as actor:
        row = Consent.objects.create(case=case, stance=stance, words=words.strip()[:1000])
        label = row.get_stance_display()
        audit.record(
            "consumer.consent",
            actor=actor,
            subject=case.number,
            organ=case.organ,
            case_id=case.id,
            stance=label,
        )
        outbox.publish("consumer.consent", organ=case.organ, number=case.number, stance=stance)
