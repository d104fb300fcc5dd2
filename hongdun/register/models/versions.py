"""Every state of an entity, in two times: when it was true, and when the register knew it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F

from hongdun.base.access import Access, Open, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.lib import particulars
from hongdun.register.models.entity import LAW, Entity, by_entity

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange


class VersionKind(models.TextChoices):
    ESTABLISH = "establish", "设立登记"
    CHANGE = "change", "变更登记"
    STATUS = "status", "登记状态变动"
    CORRECT = "correct", "更正"
    ANNUL = "annul", "撤销登记"
    NAME_STOPPED = "stop_name", "名称停止使用"
    IMPORT = "import", "历史数据导入"
    GENERATE = "generate", "演示数据"


class Version(models.Model):
    """One state of all particulars: true in `valid`, known to the register in `recorded`. Never rewritten."""

    access: ClassVar[Access] = Open(
        reason=LAW, write=by_entity("register_version"), commands=("INSERT", "UPDATE")
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="versions", db_index=False)
    valid: models.Field[DateRange, DateRange] = DateRangeField("有效期间")
    recorded: models.Field[DateTimeTZRange, DateTimeTZRange] = DateTimeRangeField("载入期间")
    particulars = models.JSONField("登记事项")
    kind = models.CharField(max_length=12, choices=VersionKind)
    organ = models.IntegerField("办理机关")
    case_id = models.UUIDField("案件", null=True)
    person = models.UUIDField("经办人", null=True)
    note = models.CharField("说明", max_length=500, blank=True)

    class Meta:
        verbose_name = "登记版本"
        constraints = [
            ExclusionConstraint(
                name="register_one_state",
                expressions=[
                    (F("entity"), RangeOperators.EQUAL),
                    (F("valid"), RangeOperators.OVERLAPS),
                    (F("recorded"), RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes = [
            models.Index(fields=["entity"], name="register_version_entity"),
            models.Index(
                fields=["case_id"], name="register_version_case", condition=models.Q(case_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.valid}"

    @property
    def known_from(self) -> datetime:
        return cast("datetime", self.recorded.lower)

    @property
    def valid_from(self) -> date | None:
        return cast("date | None", self.valid.lower)

    @property
    def valid_until(self) -> date | None:
        """First day on which it no longer held."""
        return cast("date | None", self.valid.upper)


class VersionPrivate(models.Model):
    """What of a version the public may not see: ids of persons, roles filed for the authority alone."""

    access: ClassVar[Access] = Scoped(organ="organ", through="case_id", append_only=True)

    version = models.OneToOneField(Version, models.PROTECT, primary_key=True, related_name="private")
    organ = models.IntegerField()
    case_id = models.UUIDField(null=True)
    particulars = models.JSONField()

    class Meta:
        verbose_name = "登记版本（不公开部分）"


class StatusEvent(models.Model):
    """Why and by what decision the status changed; the status itself is an item of the versions."""

    access: ClassVar[Access] = Open(reason=LAW, write=by_entity("register_statusevent"), commands=("INSERT",))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="status_events")
    status = models.CharField(max_length=12, choices=list(particulars.STATUSES.items()))
    on = models.DateField("自")
    recorded = models.DateTimeField(default=now)
    reason = models.CharField("事由", max_length=500, blank=True)
    organ = models.IntegerField("办理机关")
    case_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "登记状态"
        ordering = ["on", "recorded"]

    def __str__(self) -> str:
        return f"{self.on} {self.get_status_display()}"
