from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Open, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.cases.models import Case

USES = {
    "accept": "受理意见",
    "examine": "审查意见",
    "approve": "核准意见",
    "refuse": "不予登记的意见",
    "items": "需要补正的内容",
    "other": "其他环节的办理意见",
}


class OpinionTemplate(models.Model):
    """Words that officers use again: one's own (`owner`), or the bureau's, which organs below use too; retired, never deleted.

    `text` may hold the placeholders of `queries.PLACES`. `procedure_code` empty: for every procedure.
    """

    access: ClassVar[Access] = Open(
        reason="办案用语，不含个人信息；下级机关使用上级制定的", write="organ", commands=("INSERT", "UPDATE")
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("机关")
    owner = models.UUIDField("个人", null=True)
    use = models.CharField("用在", max_length=10, choices=list(USES.items()))
    procedure_code = models.CharField("业务", max_length=60, blank=True)
    title = models.CharField("标题", max_length=20)
    text = models.CharField("内容", max_length=500)
    position = models.SmallIntegerField("次序", default=0)
    made = models.DateTimeField(default=now, editable=False)
    retired = models.DateTimeField("停用", null=True)

    class Meta:
        verbose_name = "意见模板"
        ordering = ["use", "title", "id"]
        indexes = [
            models.Index(
                fields=["organ", "owner"], name="opinion_in_use", condition=models.Q(retired__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.title


class TemplateUse(models.Model):
    """That an officer used a template in a case: which of them help is seen from it."""

    access: ClassVar[Access] = Scoped(organ="organ", append_only=True)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    template = models.ForeignKey(OpinionTemplate, models.PROTECT, related_name="uses")
    organ = models.IntegerField("机关")
    officer = models.UUIDField("使用人")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = "模板使用"
        indexes = [models.Index(fields=["template", "officer"], name="opinion_used_by")]
