"""Identity and current state in typed columns: what lists, search and the look-up read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import F

from hongdun.base.access import Access, Open
from hongdun.base.ids import uuid7
from hongdun.lib import entitytypes, particulars
from hongdun.lib.money import Money

if TYPE_CHECKING:
    from hongdun.register.models.names import Name

LAW = "企业信息公示暂行条例第六条"


def by_entity(table: str) -> str:
    """SQL for a child row's organ: that of the entity today, so that the child moves with the entity."""
    return f"(SELECT e.organ FROM register_entity e WHERE e.id = {table}.entity_id)"  # noqa: S608 - constants


class Entity(models.Model):
    """A market entity today; `version` counts its states, `licence_version` those that a licence prints."""

    access: ClassVar[Access] = Open(reason=LAW, write="organ", commands=("INSERT", "UPDATE"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    uscc = models.CharField("统一社会信用代码", max_length=18, unique=True)
    regno = models.CharField("注册号", max_length=15, blank=True)
    name = models.CharField("名称", max_length=200)
    kind = models.CharField(max_length=12, choices=list(entitytypes.KINDS.items()))
    type = models.CharField("类型", max_length=4)
    status = models.CharField(
        "登记状态", max_length=12, default="active", choices=list(particulars.STATUSES.items())
    )
    organ = models.IntegerField("登记机关")
    station = models.IntegerField("承办所", null=True)
    division = models.CharField("行政区划代码", max_length=6, blank=True)
    established = models.DateField("成立日期", null=True)
    closed = models.DateField("终止日期", null=True)
    capital = models.DecimalField("注册资本", max_digits=24, decimal_places=6, null=True)
    currency = models.CharField("币种", max_length=3, blank=True)
    representative = models.CharField("法定代表人", max_length=200, blank=True)
    address = models.CharField("住所", max_length=500, blank=True)
    scope = models.TextField("经营范围", blank=True)
    industry = models.CharField("行业代码", max_length=5, blank=True)
    remarks = ArrayField(models.TextField(), default=list)  # flaws that came with imported data
    version = models.PositiveIntegerField(default=1)
    licence_version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "市场主体"
        indexes = [
            # LIKE 'prefix%' and equality in one index, whatever the collation.
            models.Index(OpClass(F("name"), "varchar_pattern_ops"), name="register_name_prefix"),
            models.Index(fields=["organ", "-established"], name="register_by_organ"),
            models.Index(fields=["regno"], name="register_regno", condition=~models.Q(regno="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/entity/{self.uscc}/"

    @property
    def former_names(self) -> models.QuerySet[Name]:
        return self.names.filter(kind="former")

    @property
    def money(self) -> Money | None:
        return None if self.capital is None else Money(self.capital, self.currency)

    @property
    def entity_type(self) -> entitytypes.EntityType:
        return entitytypes.get(self.type)

    @property
    def status_label(self) -> str:
        return particulars.STATUSES[self.status]
