"""What `/notices/` searches: one row for each notice of whatever kind."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hongdun.base.access import Access, Open


class Announcement(models.Model):
    """A notice as it was published; `id` is its own. `grams` are the pieces of the name, and of its city."""

    access: ClassVar[Access] = Open(
        reason="市场主体登记管理条例第三十二条、第三十三条、第三十七条：公示、公告",
        write="organ",
        commands=("INSERT", "UPDATE"),
    )

    class Kind(models.TextChoices):
        CANCELLATION = "cancellation", "简易注销公示"
        DECREASE = "decrease", "减少注册资本公告"
        LIQUIDATION = "liquidation", "清算组和债权人公告"
        VOID = "void", "营业执照作废公告"

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField("类型", max_length=12, choices=Kind)
    organ = models.IntegerField("登记机关")
    uscc = models.CharField("统一社会信用代码", max_length=18)
    name = models.CharField("名称", max_length=200)
    since = models.DateField("公告日期")
    until = models.DateField("期满", null=True)
    ended = models.CharField("怎样结束", max_length=20, blank=True)  # before its last day, or with a result
    grams = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = "公告"
        indexes = [
            models.Index(fields=["-since", "-id"], name="announcement_newest"),
            models.Index(fields=["kind", "-since", "-id"], name="announcement_kind"),
            models.Index(fields=["uscc", "-since"], name="announcement_uscc"),
            GinIndex(fields=["grams"], name="announcement_grams", fastupdate=False),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.since}"
