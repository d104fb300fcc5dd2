from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Personal
from hongdun.base.clock import now
from hongdun.base.ids import uuid7


class Draft(models.Model):
    """A filing that an applicant is filling in; saved topic by topic, sent once under its own id.

    `typed`: by topic, fields as typed that aren't right or finished yet. Identity numbers and phones are neither
    there nor in `data`: persons stand there by id, with masked numbers to show.
    """

    access: ClassVar[Access] = Personal(person="person")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField("申请人")
    procedure_code = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    started = models.DateTimeField(default=now, editable=False)
    updated = models.DateTimeField(auto_now=True)
    case_number = models.CharField("受理编号", max_length=40, blank=True)
    sent = models.DateTimeField("提交时间", null=True)

    class Meta:
        verbose_name = "申请草稿"
        indexes = [models.Index(fields=["person", "-updated"], name="draft_person_updated")]

    def __str__(self) -> str:
        return str(self.data.get("name", {}).get("name") or "尚未填写名称的申请")
