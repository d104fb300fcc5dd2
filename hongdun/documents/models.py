from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from hongdun.base.access import Access, Personal, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Scan(models.TextChoices):
    """What is known of viruses in a file from outside; nobody was asked about papers of our own."""

    NONE = "", "未查"
    DUE = "due", "待查"
    CLEAN = "clean", "未发现病毒"
    THREAT = "threat", "有病毒，已隔离"


class DocumentQuerySet(models.QuerySet["Document"]):
    def of_case(self, case_id: UUID) -> DocumentQuerySet:
        return self.filter(case_id=case_id).order_by("created", "id")


class Document(models.Model):
    """A file that was handed in or issued; its bytes lie under their hash, outside the database."""

    # A paper keeps the organ where it arose; whoever handles the case now reads it through the case.
    access: ClassVar[Access] = Scoped(
        organ="organ",
        person="person",
        share="case_id",
        extra="case_id IS NOT NULL AND hd_case_visible(case_id)",
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    sha256 = models.CharField(max_length=64)
    kind = models.CharField("种类", max_length=60)
    title = models.CharField("名称", max_length=200)
    filename = models.CharField("文件名", max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField("字节数")
    pages = models.PositiveSmallIntegerField("页数")
    organ = models.IntegerField("机关", null=True)  # none until an upload is put on a case
    person = models.UUIDField("所属人", null=True)
    case_id = models.UUIDField("案件", null=True)
    created = models.DateTimeField(default=now)
    issued = models.BooleanField("本机关出具", default=False)
    number = models.CharField("文号", max_length=80, blank=True)
    scan = models.CharField("病毒检查", max_length=6, choices=Scan, blank=True)

    objects: ClassVar[DocumentQuerySet] = DocumentQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs

    class Meta:
        indexes = [
            models.Index(fields=["organ", "-created"], name="document_organ_created"),
            models.Index(
                fields=["case_id", "created"], name="document_case", condition=models.Q(case_id__isnull=False)
            ),
            models.Index(
                fields=["person", "-created"],
                name="document_person",
                condition=models.Q(person__isnull=False),
            ),
            models.Index(fields=["sha256"], name="document_sha256"),
            models.Index(fields=["created"], name="document_scan_due", condition=models.Q(scan="due")),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/documents/{self.id}/"


class Arrival(models.Model):
    """A file on its way in, piece by piece: `got` of its `size` bytes lie under its id until it is taken.

    `purpose`: what it is for; `mark`: how its sender knows it again, so that a page that was reloaded goes on.
    """

    access: ClassVar[Access] = Personal(person="person")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField("上传人")
    purpose = models.CharField("用途", max_length=120)
    mark = models.CharField(max_length=200)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveIntegerField("字节数")
    got = models.PositiveIntegerField("已收字节", default=0)
    started = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = "上传中的文件"
        constraints = [
            models.UniqueConstraint(fields=["person", "purpose", "mark"], name="arrival_once"),
            models.CheckConstraint(condition=models.Q(got__lte=models.F("size")), name="arrival_within_size"),
        ]
        indexes = [models.Index(fields=["started"], name="arrival_started")]

    def __str__(self) -> str:
        return self.name
