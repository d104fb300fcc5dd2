from __future__ import annotations

import hmac
from functools import cache
from typing import ClassVar

from django.conf import settings
from django.db import models

from hongdun.base.access import SYSTEM, Access, Scoped
from hongdun.base.columns import CurrentXid, XidField
from hongdun.lib import canonical
from hongdun.lib.keyfiles import secret

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

    def canonical(self) -> bytes:
        """The row as `mac` covers it: every column but xid and mac, in the order of COLUMNS."""
        return canonical.text(*(getattr(self, column) for column in COLUMNS[:-1]))

    def genuine(self) -> bool:
        return hmac.compare_digest(code(self.canonical()), bytes(self.mac))


@cache
def _key() -> bytes:
    return secret(settings.HONGDUN_HOME, "audit.key")


def code(row: bytes) -> bytes:
    """HMAC-SHA256 of a canonical row; who writes to the table past Hongdun lacks the key."""
    return hmac.digest(_key(), row, "sha256")
