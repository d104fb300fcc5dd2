from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hongdun.base.access import Access, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.calls.models.routing import Skill


class SeatState(models.TextChoices):
    AWAY = "away", "未签入"
    READY = "ready", "空闲"
    RINGING = "ringing", "振铃"
    TALKING = "talking", "通话"
    WRAP_UP = "wrap_up", "话后处理"
    PAUSED = "paused", "示忙"


class Pause(models.TextChoices):
    BREAK = "break", "小休"
    MEAL = "meal", "用餐"
    TRAINING = "training", "培训"
    PAPERWORK = "paperwork", "整理案件"
    UNANSWERED = "unanswered", "振铃未接"
    OTHER = "other", "其他"


class OperatorQuerySet(models.QuerySet["Operator"]):
    def in_scope(self, actor_range: tuple[int, int]) -> OperatorQuerySet:
        return self.filter(organ__range=actor_range)


def every_skill() -> list[str]:
    return list(Skill.values)


class Operator(models.Model):
    """An officer at the telephones of an organ, and what they are doing; survives every restart."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField("工作人员")
    organ = models.IntegerField("机关")
    name = models.CharField("姓名", max_length=60)
    skills = ArrayField(models.CharField(max_length=12, choices=Skill.choices), default=every_skill)
    state = models.CharField("状态", max_length=8, choices=SeatState.choices, default=SeatState.AWAY)
    reason = models.CharField("示忙原因", max_length=12, choices=Pause.choices, blank=True)
    since = models.DateTimeField("状态起始", default=now)
    idle_since = models.DateTimeField("上次通话结束", default=now)
    call_id = models.UUIDField("当前通话", null=True)

    objects: ClassVar[OperatorQuerySet] = OperatorQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs

    class Meta:
        verbose_name = "坐席"
        ordering = ["organ", "name"]
        constraints = [
            models.UniqueConstraint(fields=["person", "organ"], name="calls_operator_once"),
            models.CheckConstraint(
                condition=Q(state=SeatState.PAUSED) & ~Q(reason="")
                | ~Q(state=SeatState.PAUSED) & Q(reason=""),
                name="calls_pause_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def skill_labels(self) -> str:
        return "、".join(Skill(code).label for code in self.skills)


class Spell(models.Model):
    """A time that an operator spent in one state; the open one is what they are doing now."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    operator = models.ForeignKey(Operator, models.PROTECT, related_name="spells")
    organ = models.IntegerField()
    state = models.CharField(max_length=8, choices=SeatState.choices)
    reason = models.CharField(max_length=12, choices=Pause.choices, blank=True)
    began = models.DateTimeField(default=now)
    ended = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "坐席时段"
        ordering = ["began"]
        indexes = [models.Index(fields=["organ", "-began"], name="calls_spell_organ")]
        constraints = [
            models.UniqueConstraint(
                fields=["operator"], condition=Q(ended__isnull=True), name="calls_one_open_spell"
            )
        ]
