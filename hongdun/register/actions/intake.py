"""Runs of bulk loading, one transaction for each chunk: a killed run goes on where it stopped."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection

from hongdun.audit import actions as audit
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.scope import system_scope
from hongdun.lib.entityrows import REMARKS, Refused, Row
from hongdun.outbox import actions as outbox
from hongdun.register.actions import bulk
from hongdun.register.actions.errors import RegisterError
from hongdun.register.models import ImportChunk, ImportRun, VersionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
CHUNK = 5000
IMPORTED, REMARKED, PRESENT, REFUSED = "imported", "remarked", "present", "refused"
OUTCOMES = {
    IMPORTED: "已导入",
    REMARKED: "已导入（有备注）",
    PRESENT: "登记簿已有，未改动",
    REFUSED: "未导入",
}
# One row of the report: place, code, name, outcome, remarks or reason.
Note = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is loaded: `source` identifies it for ever, `organ` answers for it, `keep_notes` for a report."""

    source: str
    title: str
    organ: int
    kind: VersionKind
    keep_notes: bool = True


@dataclass(slots=True)
class _Chunk:
    number: int
    size: int
    rows: list[tuple[int, Row]] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)


def load(
    what: Load, records: Iterable[T], read: Callable[[T], Row], *, progress: Callable[[int], None]
) -> ImportRun:
    """Enter what has not been entered yet; `progress` hears how many records have been dealt with."""
    with _alone(what):
        with system_scope(what.title):
            run = _run(what)
            done = set(run.chunks.values_list("number", flat=True))
        if run.finished:
            return run
        dealt = 0
        for chunk in _read_ahead(records, read, done):
            if chunk.number not in done:
                _enter(run, chunk, what)
            dealt += chunk.size
            progress(dealt)
        with system_scope(what.title):
            run.finished = now()
            run.save(update_fields=["finished"])
    return run


@contextmanager
def _alone(what: Load) -> Iterator[None]:
    """One process for one source; the lock goes with the connection, so that a killed run leaves none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [what.source])
        if cursor.fetchone() != (True,):
            raise RegisterError(f"“{what.title}”正由另一个进程导入，请等它结束")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [what.source])


def _run(what: Load) -> ImportRun:
    run, _ = ImportRun.objects.get_or_create(
        source=what.source, defaults={"organ": what.organ, "title": what.title}
    )
    return run


def _chunks(records: Iterable[T]) -> Iterator[list[T]]:
    source = iter(records)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _read_ahead(records: Iterable[T], read: Callable[[T], Row], done: set[int]) -> Iterator[_Chunk]:
    """Read the next chunk while the database takes the one before: each keeps a processor of its own busy."""
    chunks = enumerate(_chunks(records))

    def prepare() -> _Chunk | None:
        number, chunk = next(chunks, (0, []))
        return _read(number, chunk, read, skip=number in done) if chunk else None

    with ThreadPoolExecutor(1, thread_name_prefix="read-ahead") as pool:
        coming = pool.submit(prepare)
        while ready := coming.result():
            coming = pool.submit(prepare)
            yield ready


def _read(number: int, records: list[T], read: Callable[[T], Row], *, skip: bool) -> _Chunk:
    chunk = _Chunk(number, len(records))
    for place, record in enumerate([] if skip else records, start=number * CHUNK + 1):
        try:
            row = read(record)
        except Refused as error:
            chunk.refused[place] = str(error)
        else:
            chunk.rows.append((place, row))
            chunk.lines.append(bulk.line(place, row))
    return chunk


def _enter(run: ImportRun, chunk: _Chunk, what: Load) -> None:
    rows = chunk.rows
    with system_scope(what.title) as actor:
        left_out = bulk.write(chunk.lines, kind=what.kind)
        notes = [_note(place, row, left_out) for place, row in rows]
        notes += [(place, "", "", REFUSED, reason) for place, reason in chunk.refused.items()]
        notes.sort()
        counts = _count(notes, rows)
        ImportChunk.objects.create(
            id=uuid7(), run=run, organ=what.organ, number=chunk.number, counts=counts,
            notes=notes if what.keep_notes else [],
        )  # fmt: skip
        if len(rows) > len(left_out):
            about: dict[str, Any] = {"run": run.pk, "source": what.source, "chunk": chunk.number}
            about["counts"] = counts
            audit.record("register.imported", actor=actor, subject=run.pk, organ=what.organ, **about)
            outbox.publish("register.imported", organ=what.organ, **about)


def _note(place: int, row: Row, left_out: dict[int, str]) -> Note:
    remarks = "；".join(
        f"{REMARKS[code]}（{detail}）" if detail else REMARKS[code] for code, detail in row.remarks.items()
    )
    outcome = REMARKED if remarks else IMPORTED
    if place in left_out:
        outcome, remarks = (REFUSED, left_out[place]) if left_out[place] else (PRESENT, "")
    return (place, row.uscc, row.particulars.name, outcome, remarks)


def _count(notes: list[Note], rows: list[tuple[int, Row]]) -> dict[str, int]:
    """Outcomes and, under `remark:…`, how often each remark was made."""
    entered = {note[0] for note in notes if note[3] in {IMPORTED, REMARKED}}
    tally = Counter(note[3] for note in notes)
    tally.update(f"remark:{code}" for place, row in rows if place in entered for code in row.remarks)
    return dict(sorted(tally.items()))


def totals(run: ImportRun) -> Counter[str]:
    tally: Counter[str] = Counter()
    for counts in run.chunks.values_list("counts", flat=True):
        tally.update(counts)
    return tally


def notes(run: ImportRun) -> Iterator[Note]:
    for chunk in run.chunks.order_by("number").values_list("notes", flat=True).iterator():
        yield from chunk
