"""Pieces of what an entity's record says beside its name, for searching by words."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hongdun.base.access import Access, Open
from hongdun.register.models.entity import LAW, Entity, by_entity


class Wording(models.Model):
    """Pairs of characters of the address, the scope and the public people's names; made by `wordings`.

    `address` holds the pieces that a search narrows to as well, so that words and filters are one look into one index.
    """

    access: ClassVar[Access] = Open(reason=LAW, write=by_entity("register_wording"))

    entity = models.OneToOneField(Entity, models.PROTECT, primary_key=True, related_name="wording")
    keyed = models.SmallIntegerField(default=0)  # version of the algorithm that made the pieces
    address = ArrayField(models.IntegerField(), default=list)
    scope = ArrayField(models.IntegerField(), default=list)
    people = ArrayField(models.IntegerField(), default=list)

    class Meta:
        verbose_name = "登记用语"
        indexes = [
            GinIndex(fields=["address", "scope", "people"], name="register_wording_pieces"),
            models.Index(fields=["keyed"], name="register_wording_keyed"),
        ]

    def __str__(self) -> str:
        return str(self.entity_id)
