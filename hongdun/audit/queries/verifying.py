"""Whether the audit still is what was written: by code of each row, by leaf, by chain, by heads outside."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings
from django.db import connection, transaction

from hongdun.audit.models import COLUMNS, Event, Seal, examine
from hongdun.audit.queries.seals import heads, heads_file, without_leaf
from hongdun.base.clock import now
from hongdun.base.scope import system_scope
from hongdun.lib import merkle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

# node, seal, ordinal, event id, event at, hash, *COLUMNS, xid; from COLUMNS on null where the event is gone
Leaf = tuple[Any, ...]
Head = tuple[int, int, str]
DATA = COLUMNS.index("data")
Kind = Literal["changed", "removed", "inserted", "chain", "tail"]
# The sealer comes every minute and no transaction of ours lasts 30 s.
GRACE = timedelta(minutes=10)
SHOWN = 1000
LABELS: dict[Kind, str] = {
    "changed": "被改动",
    "removed": "被删除",
    "inserted": "被插入",
    "chain": "封存链断裂",
    "tail": "封存尾部缺失",
}


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Kind
    where: str
    message: str

    def __str__(self) -> str:
        return f"{LABELS[self.kind]}：{self.where}，{self.message}"


@dataclass(slots=True)
class Report:
    """`findings` holds the first SHOWN of `count`."""

    events: int = 0
    seals: int = 0
    count: int = 0
    findings: list[Finding] = field(default_factory=list)
    moved: set[UUID] = field(default_factory=set)

    def add(self, kind: Kind, where: object, message: str) -> None:
        self.count += 1
        if len(self.findings) < SHOWN:
            self.findings.append(Finding(kind, str(where), message))

    def orphans(self, node: int, n: int) -> None:
        self.add("chain", f"节点 {node} 第 {n} 号封存", "有叶而无封存")

    def missing(self, event: UUID, at: datetime) -> None:
        """Tell of an event that is not at its sealed time: it was removed, or its time was changed."""
        where = f"事件 {event}（{at:%Y-%m-%d %H:%M:%S}）"
        if Event.objects.filter(id=event).exists():
            self.moved.add(event)
            self.add("changed", where, "时间与封存时不同")
        else:
            self.add("removed", where, "已封存，现在表中没有")


def verify() -> Report:
    """Check everything, in one snapshot; no finding means that nothing was tampered with.

    Not inside another transaction: the snapshot must be its first statement.
    """
    report = Report()
    written = _heads_written()
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with system_scope("校验审计"):
            _sealed(report)
            _unsealed(report)
            _heads(report, written)
    return report


def _sealed(report: Report) -> None:
    """Walk seals and leaves side by side, in order of the chain."""
    batches = groupby(_leaves(), key=lambda leaf: leaf[:2])
    batch = next(batches, None)
    before: Seal | None = None
    for seal in Seal.objects.order_by("node", "n").iterator(500):
        while batch is not None and batch[0] < (seal.node, seal.n):
            report.orphans(*batch[0])
            batch = next(batches, None)
        leaves: list[Leaf] = []
        if batch is not None and batch[0] == (seal.node, seal.n):
            leaves = list(batch[1])
            batch = next(batches, None)
        before = before if before is not None and before.node == seal.node else None
        _chain(report, seal, before)
        _tree(report, seal, leaves)
        _rows(report, before, leaves)
        before = seal
    while batch is not None:
        report.orphans(*batch[0])
        batch = next(batches, None)


def _leaves() -> Iterator[Leaf]:
    columns = ", ".join(f"e.{column}" for column in COLUMNS)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT l.node, l.seal, l.ordinal, l.event_id, l.event_at, l.hash, {columns}, e.xid::text"  # noqa: S608 - constants
            " FROM audit_leaf l LEFT JOIN audit_event e ON e.id = l.event_id AND e.at = l.event_at"
            " ORDER BY l.node, l.seal, l.ordinal"
        )
        while rows := cursor.fetchmany(2000):
            yield from rows


def _chain(report: Report, seal: Seal, before: Seal | None) -> None:
    report.seals += 1
    where = f"第 {seal.n} 号封存"
    if seal.n != (before.n + 1 if before else 1):
        report.add("chain", where, "它前面的封存缺失")
    elif bytes(seal.prev) != (bytes(before.hash) if before else b""):
        report.add("chain", where, "与前一封存对不上")
    if bytes(seal.hash) != seal.computed():
        report.add("chain", where, "内容与其散列不符")


def _tree(report: Report, seal: Seal, leaves: list[Leaf]) -> None:
    ordinals = [leaf[2] for leaf in leaves]
    if len(leaves) != seal.count or ordinals != list(range(seal.count)):
        report.add("chain", f"第 {seal.n} 号封存", f"应有 {seal.count} 片叶，现有 {len(leaves)} 片")
    elif merkle.root([bytes(leaf[5]) for leaf in leaves]) != bytes(seal.root):
        report.add("chain", f"第 {seal.n} 号封存", "叶散列与树根不符")


def _rows(report: Report, before: Seal | None, leaves: list[Leaf]) -> None:
    for _, n, _, event, at, digest, *values in leaves:
        report.events += 1
        *row, xid = values
        if row[0] is None:
            report.missing(event, at)
            continue
        row[DATA] = json.loads(row[DATA])
        where = f"事件 {event}（{at:%Y-%m-%d %H:%M:%S}，第 {n} 号封存）"
        genuine, leaf = examine(row, int(xid))
        if leaf != bytes(digest):
            report.add("changed", where, "与封存时不同")
        elif not genuine:
            report.add("inserted", where, "校验码不是本系统所写")
        elif before is not None and before.at > at + GRACE:
            report.add("inserted", where, "事件时间之后很久才出现")


def _unsealed(report: Report) -> None:
    limit = now() - GRACE
    for *row, xid in without_leaf().iterator(2000):
        report.events += 1
        where = f"事件 {row[0]}（{row[1]:%Y-%m-%d %H:%M:%S}）"
        if row[0] in report.moved:
            continue
        genuine, _ = examine(row, xid)
        if not genuine:
            report.add("inserted", where, "校验码不是本系统所写")
        elif row[1] < limit:
            report.add("inserted", where, "超过十分钟仍未封存（封存任务停了，或事后插入）")


def _heads_written() -> int:
    """Size of the heads file now: what is appended later may lie beyond the snapshot."""
    path = heads_file()
    return path.stat().st_size if path.exists() else -1


def _heads(report: Report, written: int) -> None:
    """Compare the chain with the heads that left the database."""
    node = settings.HONGDUN_NODE
    stored = Seal.objects.filter(node=node)
    newest = stored.order_by("-n").first()
    if written < 0:
        if newest is not None:
            report.add("tail", "库外封存记录", f"文件 {heads_file()} 不见了")
        return
    expected = 1
    for lines in _batched(heads(heads_file(), written), 1000):
        known = dict(stored.filter(n__in=[n for _, n, _ in lines]).values_list("n", "hash"))
        for of, n, digest in lines:
            if of != node or n > expected:
                report.add("tail", "库外封存记录", f"缺第 {expected} 号封存")
            elif n not in known:
                report.add("tail", f"第 {n} 号封存", "库外有记录，库中没有")
            elif bytes(known[n]).hex() != digest:
                report.add("tail", f"第 {n} 号封存", "与库外记录不同（尾部被截去后重新封存）")
            expected = max(expected, n + 1)
    if newest is not None and newest.n >= expected and newest.at < now() - GRACE:
        report.add("tail", "库外封存记录", f"缺第 {expected} 号至第 {newest.n} 号封存")


def _batched(items: Iterable[Head], size: int) -> Iterator[list[Head]]:
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
