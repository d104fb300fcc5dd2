from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from hongdun.base.access import RANGE, Access, Open, Scoped
from hongdun.base.ids import uuid7
from hongdun.cases.procedure import MODE_LABELS, REGISTERED, Procedure

if TYPE_CHECKING:
    from hongdun.base.actor import Actor


class CaseQuerySet(models.QuerySet["Case"]):
    def in_scope(self, actor: Actor) -> CaseQuerySet:
        """Pass the range as parameters: row security alone would not use the index (architecture §5)."""
        return self.filter(organ__range=actor.range)

    def of_applicant(self, actor: Actor) -> CaseQuerySet:
        return self.filter(person=actor.person)


class Case(models.Model):
    """One file opened under one version of one procedure, under one legal regime."""

    access: ClassVar[Access] = Scoped(
        organ="organ", person="person", share="id", extra=f"({RANGE.format(column='station')})"
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField("受理编号", max_length=40, unique=True)
    procedure_code = models.CharField(max_length=60)
    procedure_version = models.PositiveSmallIntegerField()
    mode = models.CharField("登记方式", max_length=8, choices=list(MODE_LABELS.items()))
    organ = models.IntegerField("办理机关")
    station = models.IntegerField("承办所", null=True)
    person = models.UUIDField("申请人", null=True)
    entity = models.UUIDField("市场主体", null=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    title = models.CharField("名称", max_length=200)
    data = models.JSONField(default=dict)
    submission = models.UUIDField("提交标识", unique=True)
    received = models.DateField("收到日期")
    opened = models.DateTimeField(default=timezone.now)
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    clock_rule = models.CharField(max_length=60, blank=True)
    clock_start = models.DateField(null=True)
    clock_days = models.SmallIntegerField(null=True)
    clock_due = models.DateField(null=True)
    clock_provisional = models.BooleanField(default=False)
    clock_left = models.SmallIntegerField("暂停时剩余工作日", null=True)
    extended = models.BooleanField(default=False)
    acceptor = models.UUIDField(null=True)
    examiner = models.UUIDField(null=True)
    approver = models.UUIDField(null=True)

    objects: ClassVar[CaseQuerySet] = CaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(fields=["organ", "-opened"], name="case_organ_opened"),
            models.Index(fields=["title"], name="case_title"),
            models.Index(
                fields=["person", "-opened"], name="case_person_opened", condition=Q(person__isnull=False)
            ),
            models.Index(
                fields=["entity", "-opened"], name="case_entity_opened", condition=Q(entity__isnull=False)
            ),
        ]
        constraints = [
            # One person never holds two of the duties that the bureau's mode keeps apart (细则 art. 17).
            models.CheckConstraint(
                name="case_duties_apart",
                condition=Q(mode="single")
                | Q(examiner__isnull=True)
                | Q(approver__isnull=True)
                | ~Q(examiner=F("approver")),
            ),
            models.CheckConstraint(
                name="case_three_duties_apart",
                condition=~Q(mode="three")
                | Q(acceptor__isnull=True)
                | (
                    (Q(examiner__isnull=True) | ~Q(acceptor=F("examiner")))
                    & (Q(approver__isnull=True) | ~Q(acceptor=F("approver")))
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.number])

    @property
    def procedure(self) -> Procedure:
        return REGISTERED[self.procedure_code, self.procedure_version]


class TaskQuerySet(models.QuerySet["Task"]):
    def in_scope(self, actor: Actor) -> TaskQuerySet:
        return self.filter(organ__range=actor.range)

    def waiting(self) -> TaskQuerySet:
        return self.filter(done__isnull=True)


class Task(models.Model):
    """One step of one case, waiting for or done by somebody. The open rows are the case's state."""

    access: ClassVar[Access] = Scoped(organ="organ", share="case_id", through="case_id")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks")
    organ = models.IntegerField()
    step = models.CharField(max_length=40)
    instance = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=20)
    duty = models.CharField(max_length=10, blank=True)
    opened = models.DateTimeField()
    due = models.DateField(null=True)
    due_rule = models.CharField(max_length=60, blank=True)
    provisional = models.BooleanField(default=False)
    escalated = models.DateTimeField(null=True)
    assignee = models.UUIDField("指定经办人", null=True)
    done = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    done_by = models.UUIDField(null=True)
    done_post = models.UUIDField(null=True)
    done_name = models.CharField(max_length=60, blank=True)
    opinion = models.TextField(blank=True)
    data = models.JSONField(default=dict)

    objects: ClassVar[TaskQuerySet] = TaskQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            models.Index(
                fields=["organ", "role", "due", "id"], name="task_work_list", condition=Q(done__isnull=True)
            ),
            models.Index(
                fields=["organ", "due", "id"], name="task_organ_due", condition=Q(done__isnull=True)
            ),
            models.Index(fields=["due", "id"], name="task_due", condition=Q(done__isnull=True)),
            models.Index(fields=["case", "opened"], name="task_case_opened"),
            models.Index(fields=["done_by", "-done"], name="task_done_by", condition=Q(done__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "step", "instance"],
                condition=Q(done__isnull=True),
                name="one_open_task_per_step",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.step}"

    def get_absolute_url(self) -> str:
        return f"{self.case.get_absolute_url()}{self.step}/"


class Notice(models.Model):
    """What the applicant was told, when, by which paper and over which channels."""

    access: ClassVar[Access] = Scoped(organ="organ", share="case_id", through="case_id")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notices")
    organ = models.IntegerField()
    kind = models.CharField(max_length=40)
    number = models.CharField("文号", max_length=60, blank=True)
    title = models.CharField(max_length=120)
    body = models.JSONField(default=dict)
    document = models.UUIDField(null=True)
    at = models.DateTimeField()
    sent = models.JSONField(default=dict)
    read = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="notice_case_at")]

    def __str__(self) -> str:
        return self.number or self.title


class Recusal(models.Model):
    """An officer who stays out of a case, and why (行政许可法, 公务员法 art. 76)."""

    access: ClassVar[Access] = Scoped(organ="organ", through="case_id")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    organ = models.IntegerField()
    officer = models.UUIDField()
    reason = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "officer"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.officer} 回避 {self.case_id}"


class Transfer(models.Model):
    """A case that went to another bureau; written by the database function that moves it."""

    access: ClassVar[Access] = Scoped(organ="source", through="case_id", append_only=True)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="transfers")
    source = models.IntegerField("移出机关")
    target = models.IntegerField("移入机关")
    at = models.DateTimeField(default=timezone.now)
    person = models.UUIDField()
    post = models.UUIDField()
    reason = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="transfer_case_at")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class ProcedureSetting(models.Model):
    """What a bureau may alter without a new procedure: its mode, days, roles, guidance; always dated."""

    access: ClassVar[Access] = Open(reason="办事指南公开，办理方式对申请人公开", write="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField()
    procedure_code = models.CharField(max_length=60)
    step = models.CharField(max_length=40, blank=True)
    key = models.CharField(max_length=30)
    value = models.JSONField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    basis = models.CharField("依据", max_length=200)

    class Meta:
        indexes = [
            models.Index(fields=["organ", "procedure_code", "key", "valid_from"], name="setting_lookup")
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.procedure_code} {self.key}"
