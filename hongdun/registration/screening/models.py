from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from hongdun.base.access import Access, Open, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.cases.models import Case
from hongdun.law.models import Statute
from hongdun.lib import articles
from hongdun.registration.screening.comparing import TESTS, Wanted, in_words, meets


class Condition(models.Model):
    """What must be true of an application before the rules may register it; laid down from a day on, never rewritten.

    The later entry for a day prevails; one that is `off` ends the condition. `basis` is empty for those of the release.
    """

    access: ClassVar[Access] = Open(reason="自动审核的条件对申请人公开", write="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("制定机关")
    procedure_code = models.CharField(max_length=60)
    code = models.CharField("代码", max_length=40)
    fact = models.CharField("事实", max_length=40)
    test = models.CharField("比较", max_length=8, choices=list(TESTS.items()))
    value = models.JSONField("标准")
    label = models.CharField("条件", max_length=100)
    statute = models.ForeignKey(Statute, models.PROTECT, related_name="+")
    article = models.CharField("条款", max_length=20)
    valid_from = models.DateField("施行日期")
    off = models.BooleanField("停用", default=False)
    basis = models.CharField("依据", max_length=200, blank=True)
    position = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = "自动审核条件"
        indexes = [models.Index(fields=["procedure_code", "code", "-valid_from"], name="condition_lookup")]

    def __str__(self) -> str:
        return self.label

    @property
    def citation(self) -> str:
        return articles.cite(self.statute.short, self.article)

    @property
    def wanted(self) -> str:
        return in_words(self.test, self.value)

    def met_by(self, value: Wanted) -> bool:
        return meets(value, self.test, self.value)


class Switch(models.Model):
    """From a day on, whether a bureau lets the rules decide a filing, and which share of it people look at afterwards."""

    access: ClassVar[Access] = Open(reason="办理方式对申请人公开；抽查种子不在此表", write="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("登记机关")
    procedure_code = models.CharField(max_length=60)
    on = models.BooleanField("开通")
    share = models.PositiveSmallIntegerField("事后抽查（%）")
    valid_from = models.DateField("施行日期")
    basis = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "自动审核开关"
        indexes = [models.Index(fields=["procedure_code", "organ", "-valid_from"], name="switch_lookup")]

    def __str__(self) -> str:
        return f"{self.organ} {self.procedure_code} {'开通' if self.on else '关闭'}"


class Screening(models.Model):
    """What the rules found about one application: the facts as they were, and each condition's outcome.

    `draw` is the application's number of the lottery, 0 to 9,999 (see `draw.number`); below `share` × 100 it is reviewed.
    """

    access: ClassVar[Access] = Scoped(organ="organ", share="case_id", through="case_id", append_only=True)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.CASCADE, related_name="screening")
    organ = models.IntegerField()
    procedure_code = models.CharField(max_length=60)
    at = models.DateTimeField(default=now)
    facts = models.JSONField()
    results = models.JSONField()
    passed = models.BooleanField()
    decided = models.BooleanField()  # by the rules: all conditions met, and the bureau lets them
    share = models.PositiveSmallIntegerField(default=0)
    draw = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = "自动审核记录"
        indexes = [models.Index(fields=["procedure_code", "-at"], name="screening_newest")]

    def __str__(self) -> str:
        return f"{self.case_id} {'通过' if self.passed else '转人工'}"

    @property
    def failing(self) -> list[dict[str, Any]]:
        return [each for each in self.results if not each["met"]]
