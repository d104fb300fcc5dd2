"""What the reports are read from: deltas that cases leave, and their sums by organ and period."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Scoped
from hongdun.base.ids import uuid7


class Delta(models.Model):
    """What a case adds to a figure of an organ's day, or takes from it; written once.

    The deltas of a case sum up to what it counts now, so that a case that moves or is corrected leaves
    the difference. `code` is empty but for rankings, where the figure is the axis. `folded`: in the summary.
    """

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.UUIDField("案件")
    organ = models.IntegerField("机关")
    day = models.DateField("日期")
    figure = models.CharField("指标", max_length=24)
    code = models.CharField("代码", max_length=36, blank=True)
    amount = models.DecimalField("增减", max_digits=16, decimal_places=2)
    folded = models.BooleanField("已汇总", default=False)

    class Meta:
        verbose_name = "统计增量"
        indexes = [
            models.Index(fields=["case"], name="delta_case"),
            models.Index(
                fields=["organ", "figure", "day"], name="delta_open", condition=models.Q(folded=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.organ} {self.day} {self.figure}{self.code} {self.amount:+}"


class Summary(models.Model):
    """A figure of an organ with all below it, for a day, week, month or year."""

    access: ClassVar[Access] = Scoped(organ="organ")

    pk = models.CompositePrimaryKey("organ", "unit", "first", "figure", "code")
    organ = models.IntegerField("机关")
    unit = models.CharField("周期", max_length=5)
    first = models.DateField("首日")
    figure = models.CharField("指标", max_length=24)
    code = models.CharField("代码", max_length=36, blank=True)
    amount = models.DecimalField("合计", max_digits=16, decimal_places=2)

    class Meta:
        verbose_name = "统计汇总"

    def __str__(self) -> str:
        return f"{self.organ} {self.unit} {self.first} {self.figure}{self.code} {self.amount}"
