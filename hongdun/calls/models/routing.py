"""Where calls go: numbers, menu choices, queues, hours and what is said; data that a centre may change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from hongdun.base.access import Access, Open
from hongdun.base.clock import now
from hongdun.base.ids import uuid7

OPEN = Open(reason="来电向公众开放的菜单、时间和提示语，没有个人信息", write="organ")


class Skill(models.TextChoices):
    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"
    CONSULTATION = "consultation", "咨询"
    GENERAL = "general", "人工服务"


class Priority(models.IntegerChoices):
    """Who is put through first (老年人权益保障法, 未成年人保护法; danger above all); never who calls often."""

    DANGER = 0, "涉及人身安全"
    CARE = 1, "老年人、未成年人"
    USUAL = 2, "一般"


class Queue(models.Model):
    """Callers of one city with one wish; another city's operators help out after `overflow_after` seconds."""

    access: ClassVar[Access] = OPEN

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("市局")
    skill = models.CharField("业务", max_length=12, choices=Skill.choices)
    overflow_after = models.PositiveIntegerField("外援等待秒数", default=90)

    class Meta:
        verbose_name = "来电队列"
        ordering = ["organ", "skill"]
        constraints = [models.UniqueConstraint(fields=["organ", "skill"], name="calls_queue_one")]

    def __str__(self) -> str:
        return f"{self.organ} {self.get_skill_display()}"


class Line(models.Model):
    """A number that citizens dial, and the city that answers it."""

    access: ClassVar[Access] = OPEN

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("号码", max_length=20, unique=True)
    organ = models.IntegerField("市局")

    class Meta:
        verbose_name = "接入号码"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class Choice(models.Model):
    """A digit of the menu; organ 0 is what holds where a city has said nothing else."""

    access: ClassVar[Access] = OPEN

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("市局", default=0)
    digit = models.CharField("按键", max_length=1)
    label = models.CharField("说明", max_length=40)
    skill = models.CharField("业务", max_length=12, choices=Skill.choices)
    priority = models.SmallIntegerField("优先级", choices=Priority.choices, default=Priority.USUAL)

    class Meta:
        verbose_name = "菜单选项"
        ordering = ["organ", "digit"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "digit"], name="calls_choice_one"),
            models.CheckConstraint(condition=Q(digit__regex=r"^[0-9]$"), name="calls_choice_digit"),
        ]

    def __str__(self) -> str:
        return f"{self.digit} {self.label}"


class Hours(models.Model):
    """When operators answer, on workdays of the dated calendar or on other days, from a day on.

    A row of one single day goes before the others on that day, whatever day it is; `closed` then means all of it.
    """

    access: ClassVar[Access] = OPEN

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("市局", default=0)
    workday = models.BooleanField("工作日", default=True)
    opens = models.TimeField("开始")
    closes = models.TimeField("结束")
    valid_from = models.DateField("起始日期")
    valid_to = models.DateField("截止日期", null=True, blank=True)
    closed = models.BooleanField("全天不接听", default=False)

    class Meta:
        verbose_name = "服务时间"
        ordering = ["organ", "valid_from", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(opens__lt=F("closes")), name="calls_hours_order"),
        ]

    def __str__(self) -> str:
        day = "工作日" if self.workday else "休息日"
        return f"{day} {self.opens:%H:%M}—{self.closes:%H:%M}"


class Prompt(models.Model):
    """Words of an organ's own for what its callers hear; the machine says them unless a sound was put in."""

    access: ClassVar[Access] = OPEN

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("市局")
    code = models.CharField("提示语", max_length=30)
    text = models.CharField("内容", max_length=300)
    sound = models.BinaryField("录音", null=True)
    changed = models.DateTimeField("更改", default=now)

    class Meta:
        verbose_name = "提示语"
        ordering = ["organ", "code"]
        constraints = [models.UniqueConstraint(fields=["organ", "code"], name="calls_prompt_one")]

    def __str__(self) -> str:
        return self.code
