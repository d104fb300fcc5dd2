"""What operators and citizens look up: answers with the article behind each, warnings to consumers, texts of laws."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hongdun.base.access import Access, Open, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.lib import articles

if TYPE_CHECKING:
    from datetime import date


class Answer(models.Model):
    """`words` are other words for the same; `basis` names articles as `law 12;law 13`, `proof` a phrase of one."""

    access: ClassVar[Access] = Open(reason="面向公众的解答")

    code = models.CharField("代码", max_length=40, primary_key=True)
    position = models.PositiveIntegerField("次序")
    subject = models.CharField("类别", max_length=20)
    question = models.CharField("问题", max_length=100)
    answer = models.TextField("解答")
    words = models.CharField("其他说法", max_length=200)
    basis = models.CharField("依据", max_length=200)
    proof = models.CharField("条文用语", max_length=40)
    grams = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = "解答"
        ordering = ["position"]
        indexes = [GinIndex(fields=["grams"], name="library_answer_grams", fastupdate=False)]

    def __str__(self) -> str:
        return self.question

    @property
    def citations(self) -> list[str]:
        return cited(self.basis)


class Kind(models.TextChoices):
    ANSWER = "answer", "解答"
    WARNING = "warning", "消费警示"


class State(models.TextChoices):
    WRITING = "writing", "起草中"
    CHECKING = "checking", "待审核"
    ISSUED = "issued", "已发布"
    DROPPED = "dropped", "不再使用"


class Text(models.Model):
    """What an answer and a warning have in common; `replaces`: the code of the text that it takes the place of."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("单位")
    kind = models.CharField("类型", max_length=8, choices=Kind.choices)
    subject = models.CharField("类别", max_length=20, blank=True)
    title = models.CharField("标题", max_length=100)
    text = models.TextField("正文")
    words = models.CharField("其他说法", max_length=200, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    replaces = models.CharField("替换", max_length=40, blank=True)
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def citations(self) -> list[str]:
        return cited(self.basis)


class Draft(Text):
    """A text that is being written or checked; another officer than its author issues it."""

    access: ClassVar[Access] = Scoped(organ="organ")

    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WRITING)
    author = models.UUIDField("起草人", null=True)
    author_name = models.CharField("起草人姓名", max_length=60)
    checker_name = models.CharField("审核人姓名", max_length=60, blank=True)
    remark = models.CharField("审核意见", max_length=500, blank=True)
    source = models.CharField("来源", max_length=40, blank=True)  # number of the alarm
    changed = models.DateTimeField("修改时间", default=now)

    class Meta:
        verbose_name = "草稿"
        indexes = [models.Index(fields=["organ", "state", "-id"], name="draft_organ_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=~models.Q(source=""), name="draft_of_alarm_once"
            )
        ]


class IssuedQuerySet(models.QuerySet["Issued"]):
    def in_force(self, on: date) -> IssuedQuerySet:
        held = models.Q(valid_to=None) | models.Q(valid_to__gte=on)
        return self.filter(held, withdrawn=None, valid_from__lte=on)


class Issued(Text):
    """What was issued, as it was; a new version ends it, a withdrawal takes it back."""

    access: ClassVar[Access] = Open(reason="向社会发布的解答和消费警示", write="organ")

    grams = ArrayField(models.IntegerField())
    issued = models.DateTimeField("发布时间", default=now)
    withdrawn = models.DateTimeField("撤回时间", null=True)
    reason = models.CharField("撤回理由", max_length=200, blank=True)

    objects = IssuedQuerySet.as_manager()

    class Meta:
        verbose_name = "已发布"
        indexes = [
            models.Index(fields=["kind", "-valid_from", "-id"], name="issued_kind_from"),
            models.Index(fields=["organ", "-id"], name="issued_organ"),
            models.Index(fields=["replaces"], name="issued_replaces", condition=~models.Q(replaces="")),
            GinIndex(fields=["grams"], name="issued_grams", fastupdate=False),
        ]

    @property
    def code(self) -> str:
        return str(self.pk)

    @property
    def question(self) -> str:
        return self.title

    @property
    def answer(self) -> str:
        return self.text


class Article(models.Model):
    """One article of one version of a law, in force from the day that the file tells until the next version's."""

    access: ClassVar[Access] = Open(reason="法律法规依法公开")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    law = models.CharField("法规", max_length=100)  # as it is cited
    title = models.CharField("全称", max_length=120)
    number = models.PositiveIntegerField("条")
    chapter = models.CharField("章节", max_length=60, blank=True)
    text = models.TextField("条文")
    valid_from = models.DateField("版本日期")
    valid_to = models.DateField("失效日期", null=True)
    grams = ArrayField(models.IntegerField())

    class Meta:
        verbose_name = "法条"
        ordering = ["law", "number"]
        indexes = [GinIndex(fields=["grams"], name="law_article_grams", fastupdate=False)]
        constraints = [models.UniqueConstraint(fields=["law", "valid_from", "number"], name="article_once")]

    def __str__(self) -> str:
        return articles.cite(self.law, str(self.number))


def cited(basis: str) -> list[str]:
    """《消费者权益保护法》第二十五条, for each of `law 25;other 3`."""
    found = (each.rsplit(" ", 1) for each in basis.split(";") if each)
    return [articles.cite(law, article) for law, article in found]
