"""The public feed: every change of the register that others may hear of, numbered without gaps."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Open
from hongdun.lib import changes

LAW = "企业信息公示暂行条例第六条"


class Change(models.Model):
    """One change as everybody may know it; `facts` are those of `hongdun.lib.changes`, never personal data.

    `position` counts from 1 without gaps in the order of commit: whoever holds n has been given all before it.
    """

    access: ClassVar[Access] = Open(reason=LAW, write="system", commands=("INSERT", "DELETE"))

    position = models.BigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    topic = models.CharField("事项", max_length=40)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)  # blank: a bulk import
    name = models.CharField("名称", max_length=200, blank=True)
    version = models.PositiveIntegerField("版本", null=True)
    facts = models.JSONField("内容", default=dict)
    message = models.UUIDField(unique=True)  # a message given twice is one change

    class Meta:
        verbose_name = "公开变更"
        indexes = [models.Index(fields=["uscc", "position"], name="exchange_change_of_entity")]

    def __str__(self) -> str:
        return f"{self.position} {self.topic} {self.uscc}"

    def get_absolute_url(self) -> str:
        return f"/entity/{self.uscc}/"

    @property
    def words(self) -> str:
        return changes.words(self.topic, self.facts)
