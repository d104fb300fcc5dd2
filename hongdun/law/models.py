from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from hongdun.base.access import Access, Open
from hongdun.base.ids import uuid7
from hongdun.lib import articles

if TYPE_CHECKING:
    from datetime import date


class Unit(models.TextChoices):
    WORKDAY = "workday", "个工作日"
    DAY = "day", "日"
    MONTH = "month", "个月"
    YEAR = "year", "年"
    MONTHDAY = "monthday", "每年固定日期"  # value MMDD
    DATE = "date", "固定日期"  # value YYYYMMDD
    PERSON = "person", "人"
    PERCENT = "percent", "%"


class Rolls(models.IntegerChoices):
    STAYS = 0, "不顺延"
    WORKDAY = 1, "顺延至下一工作日"
    HOLIDAY = 2, "法定节假日顺延，普通周末不顺延"


class GroundKind(models.TextChoices):
    REFUSE = "refuse", "不予登记"
    DEFECT = "defect", "退回补正"
    DECLINE = "decline", "不予受理"
    SUSPEND = "suspend", "中止"
    TERMINATE = "terminate", "终止调解"
    BAR = "bar", "不得任职、申请"


class Statute(models.Model):
    access: ClassVar[Access] = Open(reason="法律法规依法公开")

    code = models.CharField("代码", max_length=40, primary_key=True)
    title = models.CharField("名称", max_length=100)
    short = models.CharField("引用名称", max_length=60)
    kind = models.CharField("效力层级", max_length=10)
    number = models.CharField("发布文号", max_length=60)
    valid_from = models.DateField("施行日期")
    valid_to = models.DateField("失效日期", null=True)

    class Meta:
        verbose_name = "法律法规"
        ordering = ["code"]

    def __str__(self) -> str:
        return f"《{self.title}》"


class Dated(models.Model):
    """What an article says, from its first to its last day in force (both inclusive)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    statute = models.ForeignKey(Statute, models.PROTECT, related_name="+")
    article = models.CharField("条款", max_length=20)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True)

    class Meta:
        abstract = True

    @property
    def citation(self) -> str:
        """《市场主体登记管理条例》第十九条."""
        return articles.cite(self.statute.short, self.article)

    def in_force(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def _period(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name=f"law_{name}_period"
    )


class Rule(Dated):
    """A limit in time or number. `on_defect`: what a defect does to the running clock: restart, pause or nothing."""

    access: ClassVar[Access] = Open(reason="法定期限依法公开")

    code = models.CharField("代码", max_length=60)
    label = models.CharField("名称", max_length=60)
    value = models.IntegerField("数值")
    unit = models.CharField("单位", max_length=10, choices=Unit.choices)
    binds = models.CharField("约束对象", max_length=10)
    starts = models.CharField("起算", max_length=60)
    on_defect = models.CharField("补正时", max_length=10, blank=True)
    rolls = models.IntegerField("末日遇节假日顺延", choices=Rolls.choices)
    verified = models.BooleanField("已核对条文")

    class Meta:
        verbose_name = "期限"
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="law_rule_once"),
            _period("rule"),
        ]

    def __str__(self) -> str:
        return f"{self.label}：{self.limit}（{self.citation}）"

    @property
    def limit(self) -> str:
        """3个工作日, 2027年6月30日, 每年6月30日."""
        month, day = divmod(self.value % 10_000, 100)
        if self.unit == Unit.DATE:
            return f"{self.value // 10_000}年{month}月{day}日"
        if self.unit == Unit.MONTHDAY:
            return f"每年{month}月{day}日"
        ahead = "届满前" if self.value < 0 else ""
        return f"{ahead}{abs(self.value)}{Unit(self.unit).label}"


class Ground(Dated):
    """A reason that the law allows for a decision against the applicant."""

    access: ClassVar[Access] = Open(reason="法定理由依法公开")

    code = models.CharField("代码", max_length=60)
    kind = models.CharField("用途", max_length=10, choices=GroundKind.choices)
    procedures = models.CharField("适用程序", max_length=200)
    text = models.CharField("理由", max_length=200)
    verified = models.BooleanField("已核对条文", default=True)
    position = models.IntegerField("次序")

    class Meta:
        verbose_name = "决定理由"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="law_ground_once"),
            _period("ground"),
        ]

    def __str__(self) -> str:
        return f"{self.text}（{self.citation}）"


class RequiredDocument(Dated):
    """A paper that the law asks for. `applies_to` empty: every type; `condition` empty: always."""

    access: ClassVar[Access] = Open(reason="材料清单依法公开")

    procedure = models.CharField("程序", max_length=60)
    code = models.CharField("代码", max_length=60)
    applies_to = models.CharField("适用类型", max_length=100, blank=True)
    label = models.CharField("材料", max_length=100)
    condition = models.CharField("适用情形", max_length=100, blank=True)
    position = models.IntegerField("次序")

    class Meta:
        verbose_name = "申请材料"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "code", "valid_from"], name="law_requireddocument_once"
            ),
            _period("requireddocument"),
        ]

    def __str__(self) -> str:
        return self.label


class CalendarDay(models.Model):
    """A day that departs from the five-day week, as the State Council's office announced it."""

    access: ClassVar[Access] = Open(reason="节假日安排依法公开")

    date = models.DateField("日期", primary_key=True)
    workday = models.BooleanField("上班")
    name = models.CharField("节日", max_length=40)

    class Meta:
        verbose_name = "节假日安排"
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date}{self.name}{'上班' if self.workday else '放假'}"
