"""Who is barred, and where the entities of filings are to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from hongdun.base.access import Access, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.cases.models import Case

if TYPE_CHECKING:
    from datetime import date


class PersonBar(models.Model):
    """Why and till when somebody may hold no post, or file nothing (公司法 art. 178, 条例 art. 40); lifted, never deleted.

    `ground` is a row of kind "bar" in the law's tables. Without `until` it lasts as long as its cause does.
    """

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("登记机关")
    person = models.UUIDField("当事人", db_index=True)
    name = models.CharField("姓名", max_length=60)
    ground = models.CharField("情形", max_length=60)
    since = models.DateField("自")
    until = models.DateField("至", null=True)
    basis = models.CharField("依据的文书", max_length=200)
    recorded_by = models.UUIDField("登记人")
    recorded = models.DateTimeField("登记时间", default=now, editable=False)
    lifted = models.DateField("解除日期", null=True)
    why_lifted = models.CharField("解除原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "任职限制"
        ordering = ["-recorded", "-id"]
        indexes = [models.Index(fields=["organ", "-recorded", "-id"], name="personbar_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="personbar_period"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, on: date) -> bool:
        return self.lifted is None and self.since <= on and (self.until is None or on <= self.until)


class FilingPlace(models.Model):
    """The address that a filing states, as a column: row security lets no index on the case's JSON be used."""

    access: ClassVar[Access] = Scoped(organ="organ", through="case_id")

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="+")
    organ = models.IntegerField("登记机关")
    address = models.CharField("地址", max_length=500)

    class Meta:
        verbose_name = "申请的地址"
        indexes = [models.Index(fields=["address", "-case"], name="filing_place")]

    def __str__(self) -> str:
        return self.address
