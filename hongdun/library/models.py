"""What operators and citizens look up: questions that people ask, answers in plain words, the article behind each."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hongdun.base.access import Access, Open
from hongdun.lib import articles


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
        """《消费者权益保护法》第二十五条."""
        found = (each.rsplit(" ", 1) for each in self.basis.split(";"))
        return [articles.cite(law, article) for law, article in found]
