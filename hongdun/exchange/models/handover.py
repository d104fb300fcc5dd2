"""What a department is to hear of a registration, and how far it has got."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from hongdun.base.access import Access, Scoped
from hongdun.base.ids import uuid7

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Handover(models.Model):
    """`fields` are those that the department may have (市场主体登记管理条例 art. 7), decided when it was registered.

    `position` counts from 1 for each department, without gaps, in the order of commit.
    """

    access: ClassVar[Access] = Scoped(organ="organ", through="case_id")

    class State(models.TextChoices):
        QUEUED = "queued", "待送达"
        FETCHED = "fetched", "对方已取，待确认"
        ACKNOWLEDGED = "acknowledged", "对方已收到"
        REFUSED = "refused", "对方退回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("登记机关")
    department = models.CharField("部门代码", max_length=20)
    label = models.CharField("部门", max_length=60)
    position = models.BigIntegerField("序号")
    message = models.UUIDField()  # of the outbox
    case_id = models.UUIDField("案件")
    occasion = models.CharField("事由", max_length=20)
    article = models.CharField("依据", max_length=100)
    fields = models.JSONField("内容")
    at = models.DateTimeField("时间")
    state = models.CharField("状态", max_length=12, choices=State, default=State.QUEUED)
    moved = models.DateTimeField("状态自", null=True)
    attempts = models.PositiveIntegerField("没有送到的次数", default=0)
    retry_at = models.DateTimeField("下次尝试", null=True)
    problem = models.CharField("问题", max_length=300, blank=True)

    class Meta:
        verbose_name = "部门推送"
        constraints = [
            models.UniqueConstraint(fields=["department", "position"], name="exchange_handover_position"),
            models.UniqueConstraint(fields=["message"], name="exchange_handover_once"),
        ]
        indexes = [
            models.Index(
                fields=["department", "position"],
                name="exchange_handover_pending",
                condition=models.Q(state__in=["queued", "fetched"]),
            ),
            models.Index(
                fields=["department", "at"],
                name="exchange_handover_unfinished",
                condition=~models.Q(state="acknowledged"),
            ),
            models.Index(fields=["case_id"], name="exchange_handover_case"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.position}"

    @property
    def name(self) -> str:
        """Of the entity."""
        return str(self.fields.get("name", ""))

    @property
    def state_label(self) -> StrOrPromise:
        return self.State(self.state).label
