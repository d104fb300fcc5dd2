from __future__ import annotations

import hmac
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models

from hongdun.base.access import SYSTEM, Access, Open, Scoped
from hongdun.base.columns import CurrentXid, XidField
from hongdun.lib import canonical, merkle
from hongdun.lib.keyfiles import secret

if TYPE_CHECKING:
    from collections.abc import Sequence

COLUMNS = (
    "id",
    "at",
    "person",
    "post",
    "actor_name",
    "organ",
    "kind",
    "verb",
    "subject",
    "case_id",
    "reason",
    "data",
    "request_id",
    "mac",
)


class Event(models.Model):
    """Something that was done or read: written with the deed in one transaction, never changed.

    `mac` covers every column but xid and itself, in the order of COLUMNS (lib.canonical.text).
    Partitioned by month, so its key holds `at`; the app is granted the parent only.
    """

    access: ClassVar[Access] = Scoped(
        organ="organ",
        person="person",
        append_only=True,
        insert="true",
        extra=f"({SYSTEM}) OR (case_id IS NOT NULL AND hd_case_visible(case_id))",
    )

    pk = models.CompositePrimaryKey("id", "at")
    id = models.UUIDField("编号")
    at = models.DateTimeField("时间")
    xid = XidField("事务", db_default=CurrentXid(), editable=False)
    person = models.UUIDField("自然人", null=True)
    post = models.UUIDField("岗位", null=True)
    actor_name = models.TextField("姓名")
    organ = models.IntegerField("机关", null=True)
    kind = models.TextField("身份")
    verb = models.TextField("动作")
    subject = models.TextField("对象")
    case_id = models.UUIDField("案件", null=True)
    reason = models.TextField("理由")
    data = models.JSONField("内容")
    request_id = models.TextField("请求编号")
    mac = models.BinaryField("校验码")

    class Meta:
        verbose_name = "审计事件"
        indexes = [
            models.Index(fields=["case_id", "at"], name="audit_event_case"),
            models.Index(fields=["organ", "at"], name="audit_event_organ"),
            models.Index(fields=["person", "at"], name="audit_event_person"),
            models.Index(fields=["subject", "at"], name="audit_event_subject"),
        ]


class Seal(models.Model):
    """Root over a batch of events, chained to the seal before it on the same node."""

    access: ClassVar[Access] = Open(
        reason="封存值只含散列，供任何人核对", write="system", commands=("SELECT", "INSERT")
    )

    pk = models.CompositePrimaryKey("node", "n")
    node = models.IntegerField("节点机关")
    n = models.BigIntegerField("序号")
    first_at = models.DateTimeField("最早事件")
    last_at = models.DateTimeField("最晚事件")
    count = models.IntegerField("事件数")
    root = models.BinaryField("树根")
    prev = models.BinaryField("前一封存")
    hash = models.BinaryField("散列")
    at = models.DateTimeField("封存时间")

    class Meta:
        verbose_name = "审计封存"

    def computed(self) -> bytes:
        """Hash over every other column: what `hash` must be."""
        return sha256(
            canonical.text(
                self.node,
                self.n,
                self.first_at,
                self.last_at,
                self.count,
                bytes(self.root).hex(),
                bytes(self.prev).hex(),
                self.at,
            )
        ).digest()


class Leaf(models.Model):
    """Which event stands where in which seal, and its leaf hash when it was sealed."""

    access: ClassVar[Access] = Open(
        reason="封存值只含散列，供任何人核对", write="system", commands=("SELECT", "INSERT")
    )

    pk = models.CompositePrimaryKey("node", "seal", "ordinal")
    node = models.IntegerField("节点机关")
    seal = models.BigIntegerField("封存序号")
    ordinal = models.IntegerField("位次")
    event_id = models.UUIDField("事件")
    event_at = models.DateTimeField("事件时间")
    hash = models.BinaryField("叶散列")

    class Meta:
        verbose_name = "封存叶"
        # Both parts of the event's key: a forged row under a known id must not pass as sealed.
        constraints = [models.UniqueConstraint(fields=["event_id", "event_at"], name="audit_leaf_event")]


@cache
def _key() -> bytes:
    return secret(settings.HONGDUN_HOME, "audit.key")


def code(row: bytes) -> bytes:
    """HMAC-SHA256 of a canonical row; who writes to the table past Hongdun lacks the key."""
    return hmac.digest(_key(), row, "sha256")


def examine(values: Sequence[Any], xid: int) -> tuple[bool, bytes]:
    """Whether a row, given as COLUMNS, bears the code that Hongdun gave it; and its leaf hash.

    The leaf covers the whole row: the canonical text, the code, the transaction.
    """
    text, mac = canonical.text(*values[:-1]), bytes(values[-1])
    return hmac.compare_digest(code(text), mac), merkle.leaf(text + mac + str(xid).encode())
