from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q

from hongdun.base.access import Access, Open, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.sealed import SealedField
from hongdun.cases.models import Case

if TYPE_CHECKING:
    from datetime import date


class PublicationQuerySet(models.QuerySet["Publication"]):
    def shown(self, on: date) -> PublicationQuerySet:
        return self.filter(withdrawn=None, shown_from__lte=on, shown_until__gte=on)


class Publication(models.Model):
    """What the public learns of a closed complaint (办法 art. 39): about the merchant, nothing of the person.

    No number, day of the deal, sum or word of the file stands here: the table is open to all.
    """

    access: ClassVar[Access] = Open(
        reason="依法公示消费投诉信息（投诉举报处理办法第三十九条）", write="organ"
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.OneToOneField(Case, models.PROTECT, related_name="publication")
    entity = models.UUIDField("被投诉人")
    organ = models.IntegerField("办理机关")
    object_class = models.CharField("商品服务类别", max_length=5, blank=True)
    problem_class = models.CharField("问题类别", max_length=20, blank=True)
    result = models.CharField("处理结果", max_length=20)
    closed = models.DateField("办结日期")
    shown_from = models.DateField("公示日期")
    shown_until = models.DateField("公示期满")
    withdrawn = models.DateTimeField("停止公示", null=True)
    ground = models.CharField("停止公示的情形", max_length=20, blank=True)
    changed = models.DateTimeField(default=now)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        app_label = "consumer"
        verbose_name = "投诉公示"
        indexes = [
            models.Index(fields=["entity", "-shown_from", "-id"], name="publication_entity_shown"),
            models.Index(fields=["entity", "-changed"], name="publication_entity_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn=None, ground="") | Q(withdrawn__isnull=False) & ~Q(ground=""),
                name="publication_withdrawn_on_a_ground",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity} {self.closed}"


class OdrMember(models.Model):
    """Since when a merchant takes part in online dispute resolution, and till when: it answers first (办法 art. 6)."""

    access: ClassVar[Access] = Open(reason="在线消费纠纷解决企业名单依法公开", write="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.UUIDField("经营者")
    organ = models.IntegerField("登记机关")  # who keeps the entry
    since = models.DateField("加入日期")
    left = models.DateField("退出日期", null=True)
    contact = models.CharField("处理部门", max_length=60)
    changed = models.DateTimeField(default=now)

    class Meta:
        app_label = "consumer"
        verbose_name = "在线消费纠纷解决企业"
        indexes = [
            models.Index(fields=["organ", "-since", "-id"], name="odr_organ_since"),
            models.Index(fields=["entity", "-since"], name="odr_entity_since"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["entity"], condition=Q(left=None), name="odr_once"),
            models.CheckConstraint(
                condition=Q(left=None) | Q(left__gte=models.F("since")), name="odr_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity} {self.since}"


class Seat(models.Model):
    """Whose account answers for a merchant: an officer saw the person's papers, or the register names the person."""

    access: ClassVar[Access] = Scoped(organ="organ", person="person")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.UUIDField("经营者")
    organ = models.IntegerField("确认机关")
    person = models.UUIDField("账号")
    name = models.CharField("姓名", max_length=60)
    granted = models.DateTimeField("确认时间", default=now)
    by_name = models.CharField("确认人", max_length=60)
    ended = models.DateTimeField("停用", null=True)

    class Meta:
        app_label = "consumer"
        verbose_name = "经营者账号"
        indexes = [models.Index(fields=["entity"], name="seat_entity")]
        constraints = [
            models.UniqueConstraint(fields=["person", "entity"], condition=Q(ended=None), name="seat_once")
        ]

    def __str__(self) -> str:
        return f"{self.entity} {self.name}"


class Objection(models.Model):
    """A merchant says that what is published of it is wrong; said once for each publication, decided by an officer."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    publication = models.OneToOneField(Publication, models.PROTECT, related_name="objection")
    organ = models.IntegerField("办理机关")
    at = models.DateTimeField("提出时间", default=now)
    due = models.DateField("答复期限")
    words = models.TextField("异议")
    by = SealedField("经办人")  # with a telephone number
    outcome = models.CharField(
        "处理", max_length=10, blank=True, choices=[("upheld", "异议成立"), ("rejected", "异议不成立")]
    )
    reason = models.CharField("理由", max_length=500, blank=True)
    decided = models.DateTimeField("答复时间", null=True)
    by_name = models.CharField("答复人", max_length=60, blank=True)

    class Meta:
        app_label = "consumer"
        verbose_name = "公示异议"
        indexes = [models.Index(fields=["organ", "due"], name="objection_open", condition=Q(decided=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided=None, outcome="") | Q(decided__isnull=False) & ~Q(outcome=""),
                name="objection_decided_with_outcome",
            )
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.outcome}"
