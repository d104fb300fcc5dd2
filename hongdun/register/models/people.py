"""Projections of the current version: roles and shares for the public, persons for the officers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Open, Scoped
from hongdun.base.ids import uuid7
from hongdun.lib import particulars
from hongdun.lib.money import Money
from hongdun.register.models.entity import LAW, Entity, by_entity


class EntityPerson(models.Model):
    """Projection: who holds which public role today."""

    access: ClassVar[Access] = Open(reason=LAW, write=by_entity("register_entityperson"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="people")
    name = models.CharField("姓名", max_length=200)
    role = models.CharField(max_length=24, choices=list(particulars.ROLES.items()))
    place = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "主要人员"
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_role_display()}）"


class EntityShare(models.Model):
    """Projection: what each shareholder has subscribed today; `holder_entity` when the register knows it."""

    access: ClassVar[Access] = Open(reason=LAW, write=by_entity("register_entityshare"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="shares")
    holder = models.CharField("股东", max_length=200)
    holder_entity = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="holdings")
    amount = models.DecimalField("认缴额", max_digits=24, decimal_places=6)
    currency = models.CharField(max_length=3)
    deadline = models.DateField("缴足期限", null=True)
    form = models.CharField("出资方式", max_length=40)
    standing = models.CharField(
        "身份", max_length=12, blank=True, choices=list(particulars.STANDINGS.items())
    )
    country = models.CharField("国别（地区）", max_length=40, blank=True)
    place = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "股东及出资"
        ordering = ["place"]

    def __str__(self) -> str:
        return self.holder

    @property
    def money(self) -> Money:
        return Money(self.amount, self.currency)


class PersonLink(models.Model):
    """Projection: which natural person stands behind a role or share; for officers, never for the public."""

    access: ClassVar[Access] = Scoped(organ="organ", person="person")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="person_links")
    organ = models.IntegerField()
    person = models.UUIDField(db_index=True)
    role = models.CharField(max_length=24)  # of particulars.ROLES, or "shareholder"

    class Meta:
        verbose_name = "人员关联"

    def __str__(self) -> str:
        return f"{self.person} {self.role}"
