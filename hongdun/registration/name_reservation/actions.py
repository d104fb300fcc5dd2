"""Declaring a name: compared once more, then kept for its applicant (art. 18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.documents.words import written_date
from hongdun.law import queries as law
from hongdun.register import actions as register
from hongdun.register import queries as register_queries
from hongdun.register.actions import RegisterError
from hongdun.registration.actions import papers
from hongdun.registration.name_reservation import queries as application
from hongdun.registration.screening import actions as screening
from hongdun.registration.steps.effects import handed_in

if TYPE_CHECKING:
    from datetime import date

    from hongdun.base.actor import Actor
    from hongdun.cases.actions import Decision
    from hongdun.cases.models import Case
    from hongdun.registration.models import Draft


NOT_KEPT = (
    "你（单位）申报的名称“{name}”（受理编号：{number}），经审查，{opinion}，"
    "不予保留（企业名称登记管理规定第十六条）。"
)


def submit(draft: Draft, *, actor: Actor) -> Case:
    """Turn a declaration into a case, once; the name is reserved in the same transaction."""
    from hongdun.registration.name_reservation.procedure import RESERVATION

    value = draft.data["name"]
    try:
        case = cases.open_case(
            RESERVATION, organ=value["organ"], title=value["name"], submission=draft.id, actor=actor,
            person=draft.person, received=draft.received,
            data=application.stored(draft.data, applicant=actor.name) | handed_in(draft),
        )  # fmt: skip
    except cases.Refused as refusal:
        raise cases.Incomplete(str(refusal), field="name") from refusal
    if draft.sent is None:
        draft.case_number, draft.sent = case.number, clock.now()
        draft.save(update_fields=["case_number", "sent", "updated"])
    return case


def decide(case: Case) -> tuple[str, list[str]]:
    """By the rules at once, for the applicant waits; only what art. 17 forbids isn't taken at all."""
    value = case.data["name"]
    found = register_queries.check_name(value["name"], application.naming(case.data))
    if found.blocking:
        first = found.blocking[0]
        raise cases.Refused(f"{first.explanation}（{first.article}），请换一个字号。")
    noted = screening.screen_at_once(case)
    if noted.decided:
        return "reserve", ["名称符合规定，没有相同的名称（企业名称登记管理规定第十六条、第十七条）"]
    return "people", ["本机关没有开通自动审核" if noted.passed else screening.why_people(noted.results)]


def reserve(case: Case, *, actor: Actor, decision: Decision) -> None:  # noqa: ARG001
    value, today = case.data["name"], clock.today()
    last = until(today, approval=bool(value.get("approval")))
    try:
        # The applicant's own range holds no authority; the name is kept in that of the registration authority.
        with system_scope("保留名称"):
            register.reserve_name(
                name=value["name"], naming=application.naming(case.data), organ=case.organ, on=today, until=last,
                case_id=case.id, actor=actor,
            )  # fmt: skip
    except RegisterError as error:
        raise cases.Refused(str(error)) from error
    cases.tell(
        case, kind="name_reserved", series="名", title="企业名称保留告知书", addressee=case.data["applicant"],
        paragraphs=[
            f"你（单位）申报的名称“{value['name']}”（字号：{value['trade']}）符合规定，予以保留至{written_date(last)}。",
            "请在保留期届满前办理登记；保留期内的名称不得用于经营活动。届满未登记的，不再保留（企业名称登记管理规定第十八条）。",
        ],
        actor=actor,
    )  # fmt: skip


def refuse(case: Case, *, actor: Actor, decision: Decision) -> None:
    cases.tell(
        case, kind="name_refused", series="名", title="企业名称不予保留告知书", addressee=case.data["applicant"],
        paragraphs=[
            NOT_KEPT.format(name=case.data["name"]["name"], number=case.number, opinion=decision.opinion.rstrip("。")),
            "可以更换名称后重新申报。",
        ],
        remedies=papers.remedies(case.organ), actor=actor,
    )  # fmt: skip


def until(start: date, *, approval: bool) -> date:
    """Last day of a reservation: two months, or one year where registration needs an approval (art. 18)."""
    return law.due("name_reservation_approval" if approval else "name_reservation", start).date


def give_up(case: Case, *, actor: Actor) -> bool:
    """The applicant no longer wants the name; whether there was anything to give up."""
    with system_scope("放弃保留的名称"):
        return register.release_name(case_id=case.id, actor=actor) > 0
