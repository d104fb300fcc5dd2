"""What a command desk keeps: who is on duty, what was told to whom and read by whom, which major event is on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from hongdun.base.access import RANGE, Access, Open, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.org.models import Officer

if TYPE_CHECKING:
    from datetime import date


class Duty(models.Model):
    """An officer on duty for an organ on a day."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("单位")
    day = models.DateField("日期")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="值班人员")
    kind = models.CharField(
        "班次", max_length=8, choices=[("leader", "带班领导"), ("officer", "值班人员")], default="officer"
    )

    class Meta:
        verbose_name = "值班"
        constraints = [models.UniqueConstraint(fields=["organ", "day", "officer"], name="duty_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.officer}"


class Dispatch(models.Model):
    """A message of a command desk to an organ below; who reads it first leaves the receipt."""

    access: ClassVar[Access] = Scoped(organ="organ", extra=f"({RANGE.format(column='recipient')})")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("发出单位")
    recipient = models.IntegerField("接收单位")
    batch = models.UUIDField("批次")  # the same words to several
    text = models.CharField("内容", max_length=500)
    by_name = models.CharField("发出人", max_length=60)
    at = models.DateTimeField("时间", default=now)
    read = models.DateTimeField("阅读时间", null=True)
    read_by = models.CharField("阅读人", max_length=60, blank=True)

    class Meta:
        verbose_name = "指令"
        indexes = [
            models.Index(fields=["organ", "-at"], name="dispatch_organ_at"),
            models.Index(fields=["recipient", "-at"], name="dispatch_recipient_at"),
        ]

    def __str__(self) -> str:
        return self.text


class MajorEventQuerySet(models.QuerySet["MajorEvent"]):
    def on(self, day: date) -> MajorEventQuerySet:
        return self.filter(first__lte=day, last__gte=day, ended=None)


class MajorEvent(models.Model):
    """While it lasts, what its words fit comes first on the command desks of the organ and below."""

    access: ClassVar[Access] = Open(
        reason="重大活动保障的名称、时间和关键词，下级单位都须看到", write="organ"
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("单位")
    name = models.CharField("名称", max_length=60)
    words = models.CharField("关键词", max_length=100)
    first = models.DateField("首日")
    last = models.DateField("末日")
    by_name = models.CharField("启动人", max_length=60)
    ended = models.DateTimeField("提前结束", null=True)

    objects = MajorEventQuerySet.as_manager()

    class Meta:
        verbose_name = "重大活动保障"
        indexes = [models.Index(fields=["organ", "last"], name="event_organ_last")]
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="event_days")
        ]

    def __str__(self) -> str:
        return self.name
