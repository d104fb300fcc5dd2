from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import SYSTEM, Access, Open, Scoped
from hongdun.base.columns import CurrentXid, XidField

COLUMNS = ("id", "topic", "body", "organ", "at")


class Message(models.Model):
    """What others must hear: inserted with the deed, never changed; its place is in Position."""

    access: ClassVar[Access] = Scoped(organ="organ", append_only=True, insert="true", extra=f"({SYSTEM})")

    id = models.UUIDField("编号", primary_key=True)
    topic = models.TextField("主题")
    body = models.JSONField("内容")
    organ = models.IntegerField("机关", null=True)
    at = models.DateTimeField("时间")
    xid = XidField("事务", db_default=CurrentXid(), editable=False)

    class Meta:
        verbose_name = "消息"


class Position(models.Model):
    """Gap-free order of delivery on this node, given after commit."""

    access: ClassVar[Access] = Open(
        reason="只有序号和消息编号，没有内容", write="system", commands=("SELECT", "INSERT")
    )

    position = models.BigIntegerField("序号", primary_key=True)
    # No constraint: archived messages leave, their numbers stay.
    message = models.OneToOneField(
        Message, verbose_name="消息", on_delete=models.DO_NOTHING, db_constraint=False, related_name="place"
    )

    class Meta:
        verbose_name = "消息序号"


class Consumer(models.Model):
    """How far one handler has heard; moves in the transaction of the handler's effect."""

    access: ClassVar[Access] = Open(reason="处理进度没有内容", write="system")

    name = models.TextField("处理程序", primary_key=True)
    position = models.BigIntegerField("已处理到")

    class Meta:
        verbose_name = "处理进度"


class Failure(models.Model):
    """A message that a handler could not take: tried again later, or set aside (parked) with the reason."""

    access: ClassVar[Access] = Open(reason="只有处理程序、序号和错误，没有消息内容", write="system")

    id = models.UUIDField("编号", primary_key=True)
    consumer = models.TextField("处理程序")
    position = models.BigIntegerField("消息序号")
    message_id = models.UUIDField("消息")
    attempts = models.IntegerField("次数")
    error = models.TextField("错误")
    first_at = models.DateTimeField("首次")
    last_at = models.DateTimeField("最近")
    retry_at = models.DateTimeField("下次")
    parked_at = models.DateTimeField("搁置", null=True)

    class Meta:
        verbose_name = "消息处理失败"
        constraints = [
            models.UniqueConstraint(fields=["consumer", "position"], name="outbox_failure_once"),
        ]
