"""The merchant's side: a signed address opens one complaint for its answer, and nothing else of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core import signing
from django.urls import reverse

from hongdun.audit import actions as audit
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.consumer.models import Answer
from hongdun.outbox import actions as outbox

if TYPE_CHECKING:
    from uuid import UUID

SALT = "consumer.merchant"
GOOD_FOR = 60 * 60 * 24 * 60  # as long as a mediation may take


class BadLink(Exception):
    """The address was shortened, or it is too old."""


def address(case: Case) -> str:
    return reverse("consumer:merchant", args=[signing.dumps(str(case.pk), salt=SALT, compress=True)])


def of(token: str) -> Case:
    try:
        key = signing.loads(token, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature as error:
        raise BadLink from error
    with system_scope("经营者打开链接"):
        return Case.objects.get(pk=key)


def answer(case: Case, *, stance: str, text: str, by: str) -> UUID:
    """Kept as said, at the time it was said; the officer who mediates reads it."""
    if case.closed:
        raise cases.Refused("这件投诉已经办结，不能再答复。")
    with system_scope("经营者答复") as actor:
        row = Answer.objects.create(case=case, stance=stance, text=text.strip(), by=by.strip())
        audit.record(
            "consumer.merchant_answered", actor=actor, subject=case.number, organ=case.organ, case_id=case.id
        )
        outbox.publish("consumer.merchant_answered", organ=case.organ, number=case.number, stance=stance)
    return row.id
