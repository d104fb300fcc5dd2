"""Issue and print: chosen licences are made one by one by the worker, each once, and come out as one file in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Literal

from django.db import transaction

from hongdun.audit import actions as audit
from hongdun.base import clock
from hongdun.base.jobs import enqueue
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.cases.models import Case
from hongdun.documents import actions as documents
from hongdun.documents import bundle
from hongdun.documents import queries as document_queries
from hongdun.documents.errors import DocumentProblem
from hongdun.register import actions as register
from hongdun.register.models import Entity, Licence
from hongdun.register.models.licences import COPIES
from hongdun.registration.actions import licences
from hongdun.registration.licence import blanks, delivering
from hongdun.registration.licence.models import Blank, Delivery, PrintRun

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from hongdun.base.actor import Actor
    from hongdun.registration.licence.models import DeliveryQuerySet

    Place = tuple[Literal["original", "duplicate"], int]

MOST_AT_ONCE = 1000
CHUNK = 10


@transaction.atomic
def begin(ids: Collection[UUID], *, actor: Actor) -> PrintRun:
    """Put the chosen ones into one run; one that is in a run already stays there, so a second press does nothing new."""
    assert actor.organ is not None
    assert actor.person is not None
    waiting = to_print(actor).select_for_update(of=("self",)).filter(pk__in=ids)
    chosen = list(waiting.values_list("pk", flat=True))
    if not chosen:
        raise cases.Refused("所选的执照都已经在制或者制好了，请刷新页面。")
    _check_stock(chosen, actor=actor)
    run = PrintRun.objects.create(organ=actor.organ, officer=actor.person, officer_name=actor.name)
    Delivery.objects.filter(pk__in=chosen).update(run=run)
    audit.record("licence.run_begun", actor=actor, subject=run.pk, organ=run.organ, count=len(chosen))
    enqueue("registration.print_run", run=run.pk, lock=f"print_run/{run.pk}")
    return run


def to_print(actor: Actor) -> DeliveryQuerySet:
    """Decided, on paper, and in no run yet; the oldest first."""
    due = Delivery.objects.in_scope(actor).filter(state=Delivery.State.DUE, run=None, printed=None)
    return due.exclude(way=Delivery.Way.ELECTRONIC).order_by("since", "id")


def _check_stock(chosen: Collection[UUID], *, actor: Actor) -> None:
    """Before anything is begun, so that a run doesn't stop for want of paper."""
    assert actor.organ is not None
    wanted = Counter(copy for sheets in sheets_of(chosen).values() for copy, _ in sheets)
    for copy, count in wanted.items():
        held = blanks.in_stock(actor.organ, copy)
        if held < count:
            raise cases.Refused(
                f"空白{COPIES[copy]}库存 {held} 张，所选的执照需要 {count} 张，请先入库或者少选几件。"
            )


def sheets_of(deliveries: Collection[UUID]) -> dict[UUID, list[Place]]:
    """By case, which sheets it gives: those it has in force, and those that were decided and aren't made yet."""
    ids = Delivery.objects.filter(pk__in=deliveries).values("case_id")
    found: dict[UUID, list[Place]] = defaultdict(list)
    made = Licence.objects.filter(case_id__in=ids).order_by("-copy", "duplicate_no")
    for case_id, copy, number, state in made.values_list("case_id", "copy", "duplicate_no", "state"):
        if state == Licence.State.VALID and case_id:
            found[case_id].append(_place((copy, number)))
    for case_id, decided in Case.objects.filter(pk__in=ids).values_list("pk", "data__places"):
        found[case_id] += [each for each in map(_place, decided or ()) if each not in found[case_id]]
    return found


def _place(stored: Sequence[Any]) -> Place:
    copy, number = stored
    return copy, number


def print_run(run_id: UUID) -> None:
    """Each licence is a transaction of its own: stopped at any moment, the run goes on with the next."""
    while pending := _pending(run_id):
        for delivery in pending:
            _print_one(delivery)
    _finish(run_id)


def _pending(run_id: UUID) -> list[UUID]:
    with system_scope("批量制照"):
        rest = Delivery.objects.filter(run=run_id, printed=None, problem="").order_by("id")
        return list(rest.values_list("pk", flat=True)[:CHUNK])


def _print_one(delivery_id: UUID) -> None:
    try:
        with system_scope("批量制照") as actor:
            held = Delivery.objects.select_for_update().get(pk=delivery_id)
            if held.printed is None and held.run:
                sheets = make_sheets(Case.objects.get(pk=held.case_id), actor=actor)
                blanks.take(sheets, organ=held.run.organ)
                held.printed = clock.now()
                held.save(update_fields=["printed"])
    except (cases.Refused, register.RegisterError, DocumentProblem) as problem:
        with system_scope("批量制照"):
            Delivery.objects.filter(pk=delivery_id).update(problem=str(problem)[:300])


def make_sheets(case: Case, *, actor: Actor) -> list[Licence]:
    """The sheets of a case that are in force, made where that wasn't done when it was decided; done twice, made once."""
    made = Licence.objects.filter(case_id=case.id)
    there = set(made.values_list("copy", "duplicate_no"))
    wanted = [each for each in map(_place, case.data.get("places", ())) if each not in there]
    if wanted:
        assert case.entity
        entity = Entity.objects.get(pk=case.entity)
        for copy, number in wanted:
            licences.issue_sheet(case, entity, copy, number, actor=actor)
    valid = made.filter(state=Licence.State.VALID)
    return sorted(valid, key=lambda each: (each.copy != "original", each.duplicate_no))


def _finish(run_id: UUID) -> None:
    """Bind what was made, in the order of the blanks, one file for each size of paper."""
    with system_scope("批量制照") as actor:
        run = PrintRun.objects.select_for_update().get(pk=run_id)
        if run.finished:
            return
        for copy, field in (("original", "originals"), ("duplicate", "duplicates")):
            setattr(run, field, _bound(run, copy, actor=actor))
        run.finished = clock.now()
        run.save(update_fields=["originals", "duplicates", "finished"])
        audit.record("licence.run_finished", actor=actor, subject=run.pk, organ=run.organ)


def _bound(run: PrintRun, copy: str, *, actor: Actor) -> UUID | None:
    cases_of = run.deliveries.filter(printed__isnull=False).values("case_id")
    held = Blank.objects.filter(
        state=Blank.State.USED, copy=copy, licence__case_id__in=cases_of, licence__document__isnull=False
    ).order_by("serial")
    printed = held.values_list("licence__document", flat=True)
    papers = [document_queries.document(each) for each in printed if each]
    pdfs = [document_queries.content(each) for each in papers if each]
    if not pdfs:
        return None
    title = f"营业执照打印文件（{COPIES[copy]} {len(pdfs)} 张）"
    return documents.keep(
        bundle.bind(pdfs, title=title), actor=actor, kind="print_run", title=title, organ=run.organ
    ).id


@transaction.atomic
def retry(run: PrintRun, *, actor: Actor) -> int:
    """What couldn't be made goes back to be chosen again, once its cause is mended."""
    failed = run.deliveries.exclude(problem="").filter(printed=None)
    count = failed.update(problem="", run=None)
    audit.record("licence.run_released", actor=actor, subject=run.pk, organ=run.organ, count=count)
    return count


def give_electronic(delivery_id: UUID, *, actor: Actor) -> None:
    """Nobody has to do anything: the file is made, the holder finds it on line."""
    held = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if held is None or held.state != Delivery.State.DUE or held.way != Delivery.Way.ELECTRONIC:
        return
    make_sheets(Case.objects.get(pk=held.case_id), actor=actor)
    delivering.finish(held, actor=actor)
