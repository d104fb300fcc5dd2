"""What bulk loading has done so far: a killed run goes on at the first chunk that is not here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7

REGION_ONLY = Scoped(organ="organ")


class ImportRun(models.Model):
    """One source (a file by its hash, a generator by its seed), loaded once however often one asks."""

    access: ClassVar[Access] = REGION_ONLY

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField()
    source = models.CharField("来源", max_length=100, unique=True)
    title = models.CharField("文件", max_length=200)
    started = models.DateTimeField(default=now)
    finished = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "批量导入"

    def __str__(self) -> str:
        return self.title


class ImportChunk(models.Model):
    """One stretch of rows, written in one transaction with this row; `notes` are its remarks and refusals."""

    access: ClassVar[Access] = REGION_ONLY

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="chunks")
    organ = models.IntegerField()
    number = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    at = models.DateTimeField(default=now)

    class Meta:
        verbose_name = "导入批次"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="register_chunk_once")]

    def __str__(self) -> str:
        return f"{self.run_id} #{self.number}"
