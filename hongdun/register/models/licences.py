"""Sheets of the business licence, and the blocks that codes are issued from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Open
from hongdun.base.ids import uuid7
from hongdun.register.models.entity import LAW, Entity, by_entity

COPIES = {"original": "正本", "duplicate": "副本"}


class Licence(models.Model):
    """One printed sheet; `version` is the entity's licence version at issue, so a later one supersedes it."""

    access: ClassVar[Access] = Open(
        reason=LAW, write=by_entity("register_licence"), commands=("INSERT", "UPDATE")
    )

    class State(models.TextChoices):
        VALID = "valid", "有效"
        SUPERSEDED = "superseded", "已换发"
        LOST = "lost", "已声明作废"
        SURRENDERED = "surrendered", "已缴回"
        REVOKED = "revoked", "已吊销"
        VOID = "void", "未缴回，已公告作废"
        DUE = "due", "登记已终止，应当缴回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="licences")
    serial = models.CharField("执照编号", max_length=30, unique=True)
    copy = models.CharField(max_length=9, choices=list(COPIES.items()))
    duplicate_no = models.PositiveSmallIntegerField("副本号", default=0)
    issued_on = models.DateField("核发日期")
    version = models.PositiveIntegerField()
    document = models.UUIDField("电子文件", null=True)
    state = models.CharField(max_length=12, choices=State, default=State.VALID)
    state_since = models.DateField("状态自")
    organ = models.IntegerField("核发机关")
    case_id = models.UUIDField(null=True)

    class Meta:
        verbose_name = "营业执照"
        ordering = ["-issued_on", "-serial"]
        constraints = [
            # 登记管理条例 art. 21: one original, and each duplicate of a number once.
            models.UniqueConstraint(
                fields=["entity", "copy", "duplicate_no"],
                condition=models.Q(state="valid"),
                name="register_one_valid_sheet",
            )
        ]
        indexes = [
            # What an authority still has to get back (条例 art. 37).
            models.Index(
                fields=["organ", "state_since", "id"],
                name="register_sheets_out",
                condition=models.Q(state__in=("superseded", "due")),
            ),
            models.Index(
                fields=["case_id"], name="register_sheets_of_case", condition=models.Q(case_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.serial

    @property
    def copy_label(self) -> str:
        return copy_label(self.copy, self.duplicate_no)

    @property
    def is_out(self) -> bool:
        """No longer in force, and neither handed in nor announced void."""
        return self.state in OUT


def copy_label(copy: str, duplicate_no: int) -> str:
    return COPIES[copy] + (f"（{duplicate_no}）" if duplicate_no else "")


# 条例 art. 37: changed or ended, the sheets have to be handed in.
OUT = (Licence.State.SUPERSEDED, Licence.State.DUE)


class UsccBlock(models.Model):
    """Bodies of unified codes that an authority hands out, in order; a number drawn is never drawn again."""

    access: ClassVar[Access] = Open(
        reason="代码段不含个人信息，各机关须知已分配的代码段", write="organ", commands=("INSERT", "UPDATE")
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField(db_index=True)
    prefix = models.CharField(max_length=5, unique=True)
    next = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "代码段"

    def __str__(self) -> str:
        return self.prefix
