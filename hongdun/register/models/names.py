"""Every name that is borne, was borne or is reserved: what a new name is compared with, and what search reads."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from hongdun.base.access import Access, Open
from hongdun.base.ids import uuid7
from hongdun.register.models.entity import Entity


class NameKind(models.TextChoices):
    CURRENT = "current", "现用"
    FORMER = "former", "曾用"
    RESERVED = "reserved", "保留"


class Fate(models.TextChoices):
    """Why a name is borne no longer (企业名称登记管理规定 art. 17, 23)."""

    NONE = "", ""
    RENAMED = "renamed", "已变更名称"
    CANCELLED = "cancelled", "已注销"
    ANNULLED = "annulled", "登记已被撤销"
    INFRINGING = "infringing", "被认定应当停止使用"
    RELEASED = "released", "不再保留"


class Name(models.Model):
    """One name of one entity, or reserved for one case; `keys` (comparing) and `grams` (searching) are made from it.

    `organ` is the registration authority: of the entity, or of the reservation. Of a former name it moves with the
    entity, for the file of the name is there.
    """

    access: ClassVar[Access] = Open(
        reason="企业名称登记管理规定第十六条：申报人须能查询、比对", write="organ"
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="names")
    case_id = models.UUIDField("保留名称的案件", null=True)
    organ = models.IntegerField("登记机关")
    city = models.SmallIntegerField("设区市")  # first four digits of the organ
    name = models.CharField("名称", max_length=200)
    kind = models.CharField(max_length=8, choices=NameKind, default=NameKind.CURRENT)
    trade = models.CharField("字号", max_length=200, blank=True)
    industry = models.CharField("行业或者经营特点", max_length=200, blank=True)
    since = models.DateField("自", null=True)
    # The day it was given up or its bearer ended; of a reservation, its last day.
    until = models.DateField("至", null=True)
    fate = models.CharField(max_length=12, choices=Fate, blank=True)
    keyed = models.SmallIntegerField(default=0)  # version of the algorithm that made keys and grams
    keys = ArrayField(models.BigIntegerField(), default=list)
    grams = ArrayField(models.IntegerField(), default=list)

    class Meta:
        verbose_name = "名称"
        ordering = ["-until"]
        indexes = [
            GinIndex(fields=["keys"], name="register_name_keys"),
            GinIndex(fields=["grams"], name="register_name_grams"),
            # LIKE 'prefix%' and equality in one index, whatever the collation.
            models.Index(OpClass(F("name"), "varchar_pattern_ops"), name="register_name_words"),
            models.Index(OpClass(F("trade"), "varchar_pattern_ops"), name="register_name_trade"),
            models.Index(fields=["keyed"], name="register_name_keyed"),
            models.Index(fields=["case_id"], name="register_name_case", condition=Q(case_id__isnull=False)),
            # Search goes through the names in order of their ids, those borne today first.
            models.Index(fields=["id"], name="register_name_former", condition=Q(kind="former")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entity"], condition=Q(kind="current"), name="register_one_current_name"
            ),
            models.CheckConstraint(
                name="register_name_whose",
                condition=Q(kind="reserved", case_id__isnull=False)
                | Q(kind__in=["current", "former"], entity__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
