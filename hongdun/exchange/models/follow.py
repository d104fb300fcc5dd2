"""Who wants to hear of what: an entity, words in new names, words in addresses."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hongdun.base.access import Access, Personal
from hongdun.base.clock import now
from hongdun.base.ids import uuid7


class Follower(models.Model):
    """How one person wants to be told; `stamp` raised makes the old secret feed address worthless."""

    access: ClassVar[Access] = Personal(person="person")

    class Mail(models.TextChoices):
        DAILY = "daily", "每天早上一封，汇总前一天的变更"
        AT_ONCE = "at_once", "有变更就发"
        NONE = "none", "不发邮件"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField(unique=True)
    mail = models.CharField("邮件", max_length=8, choices=Mail, default=Mail.DAILY)
    mailed = models.BigIntegerField("邮件已发到", default=0)
    stamp = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "关注人"


class Follow(models.Model):
    """`key` finds it: the code of the entity, or the least common two-character piece of `words`."""

    access: ClassVar[Access] = Personal(person="person")

    class Kind(models.TextChoices):
        ENTITY = "entity", "企业"
        NAME = "name", "名称"
        ADDRESS = "address", "住所"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField(db_index=True)
    kind = models.CharField("关注", max_length=7, choices=Kind)
    key = models.CharField(max_length=18)
    words = ArrayField(models.TextField(), default=list)
    label = models.CharField("内容", max_length=200)
    created = models.DateTimeField("开始于", default=now)

    class Meta:
        verbose_name = "关注"
        ordering = ["-created"]
        indexes = [models.Index(fields=["kind", "key"], name="exchange_follow_key")]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "key", "words"], name="exchange_follow_once")
        ]

    def __str__(self) -> str:
        return self.label


class Match(models.Model):
    """A change that a follow had asked for."""

    access: ClassVar[Access] = Personal(person="person")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    follow = models.ForeignKey(Follow, models.CASCADE, related_name="matches")
    person = models.UUIDField()
    position = models.BigIntegerField("变更序号")

    class Meta:
        verbose_name = "关注到的变更"
        indexes = [models.Index(fields=["person", "position"], name="exchange_match_of_person")]
        constraints = [models.UniqueConstraint(fields=["follow", "position"], name="exchange_match_once")]
