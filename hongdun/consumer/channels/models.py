from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.cases.models import Case
from hongdun.consumer.models import Contact


class Consent(models.Model):
    """The complainant's own word on mediation, given on the progress page; said once, the officer goes on with it."""

    access: ClassVar[Access] = Scoped(organ="", share="case_id", through="case_id", append_only=True)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="consents")
    at = models.DateTimeField("时间", default=now)
    stance = models.CharField(
        "答复", max_length=10, choices=[("agree", "同意调解"), ("decline", "不同意调解")]
    )
    words = models.TextField("说明", blank=True)

    class Meta:
        app_label = "consumer"
        verbose_name = "调解意愿"
        constraints = [models.UniqueConstraint(fields=["case"], name="consent_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stance}"


class WorkOrder(models.Model):
    """An order of the 12345 hotline under its own number: signed for, answered or sent back, and judged there."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("接收机关")
    number = models.CharField("工单编号", max_length=40, unique=True)
    contact = models.OneToOneField(Contact, models.PROTECT, related_name="work_order")
    digest = models.CharField(max_length=32)  # of sender and words: the same matter under two numbers
    arrived = models.DateTimeField("到达", default=now)
    due = models.DateField("办理期限")
    state = models.CharField(
        "状态",
        max_length=10,
        choices=[("new", "待签收"), ("signed", "已签收"), ("returned", "已退回"), ("answered", "已答复")],
        default="new",
    )
    signed = models.DateTimeField("签收", null=True)
    ended = models.DateTimeField("答复或者退回", null=True)
    words = models.CharField("答复或者退回理由", max_length=1000, blank=True)
    satisfaction = models.PositiveSmallIntegerField("满意度", null=True)
    hotline = models.CharField(
        "对接方", max_length=20, blank=True
    )  # who sent it by HTTP; blank: it came in a file
    told = models.CharField("对方已知的状态", max_length=10, blank=True)
    told_at = models.DateTimeField("对方确认", null=True)

    class Meta:
        app_label = "consumer"
        verbose_name = "12345 工单"
        indexes = [
            models.Index(fields=["organ", "state", "due"], name="workorder_organ_state"),
            models.Index(fields=["digest"], name="workorder_digest"),
        ]

    def __str__(self) -> str:
        return self.number


class HotlineMessage(models.Model):
    """A signed message that was done, and what was answered: sent again it is answered the same and not done twice."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("接收机关")
    hotline = models.CharField("对接方", max_length=20)
    number = models.CharField("消息编号", max_length=80)
    sha256 = models.CharField(max_length=64)
    answer = models.JSONField("应答")
    at = models.DateTimeField("时间", default=now)

    class Meta:
        app_label = "consumer"
        verbose_name = "12345 消息"
        indexes = [models.Index(fields=["at"], name="hotlinemessage_at")]
        constraints = [models.UniqueConstraint(fields=["hotline", "number"], name="hotlinemessage_once")]

    def __str__(self) -> str:
        return f"{self.hotline} {self.number}"
