"""Addresses of others' machines that are told of changes, and how each telling went."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Personal
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.sealed import SealedField


class Webhook(models.Model):
    """`position` is the last change that arrived there; the next goes out only after it."""

    access: ClassVar[Access] = Personal(person="person")

    class Covers(models.TextChoices):
        FOLLOWS = "follows", "我关注的变更"
        ALL = "all", "全部公开变更"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField(db_index=True)
    url = models.CharField("网址", max_length=500)
    secret = SealedField("密钥")
    covers = models.CharField("内容", max_length=7, choices=Covers, default=Covers.FOLLOWS)
    position = models.BigIntegerField("已送达")
    failures = models.PositiveIntegerField("连续失败", default=0)
    failing_since = models.DateTimeField("失败自", null=True)
    retry_at = models.DateTimeField("下次尝试", null=True)
    disabled_at = models.DateTimeField("停用于", null=True)
    created = models.DateTimeField("登记于", default=now)

    class Meta:
        verbose_name = "推送地址"
        ordering = ["created"]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One attempt; without a position it was a test."""

    access: ClassVar[Access] = Personal(person="person")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    person = models.UUIDField()
    position = models.BigIntegerField("变更序号", null=True)
    at = models.DateTimeField("时间", default=now)
    status = models.PositiveSmallIntegerField("应答", null=True)
    problem = models.CharField("问题", max_length=300, blank=True)
    milliseconds = models.PositiveIntegerField("用时")

    class Meta:
        verbose_name = "推送记录"
        indexes = [models.Index(fields=["webhook", "-id"], name="exchange_delivery_of_webhook")]
