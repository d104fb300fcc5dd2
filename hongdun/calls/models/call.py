from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from hongdun.base.access import Access, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.sealed import SealedField
from hongdun.calls.models.routing import Priority, Queue
from hongdun.calls.models.seat import Operator

# Whoever serves a call of another city sees it too, and whoever sees the case that came of it.
CALL_ACCESS = Scoped(
    organ="organ",
    extra=(
        "serving BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int"
        " OR case_id IS NOT NULL AND hd_case_visible(case_id)"
    ),
)
THROUGH_CALL = 'EXISTS (SELECT 1 FROM calls_call c WHERE c.id = "{table}".call_id)'


class Stage(models.TextChoices):
    OFFERED = "offered", "振铃"
    MENU = "menu", "语音菜单"
    QUEUED = "queued", "排队"
    RINGING = "ringing", "坐席振铃"
    TALKING = "talking", "通话"
    TRANSFERRED = "transferred", "已转接"
    SURVEY = "survey", "评价"
    CLOSED = "closed", "非服务时间"
    VOICEMAIL = "voicemail", "留言"
    DIALLING = "dialling", "呼出"
    ENDED = "ended", "结束"


class Outcome(models.TextChoices):
    ANSWERED = "answered", "已接听"
    ABANDONED = "abandoned", "排队中放弃"
    GIVEN_UP = "given_up", "菜单中挂断"
    OUT_OF_HOURS = "out_of_hours", "非服务时间"
    VOICEMAIL = "voicemail", "留言"
    CALLBACK = "callback", "请求回电"
    UNANSWERED = "unanswered", "呼出未接通"
    REFUSED = "refused", "线路已满"
    LOST = "lost", "中断"


class CallQuerySet(models.QuerySet["Call"]):
    def in_scope(self, actor_range: tuple[int, int]) -> CallQuerySet:
        return self.filter(Q(organ__range=actor_range) | Q(serving__range=actor_range))

    def live(self) -> CallQuerySet:
        return self.filter(ended__isnull=True)


class Call(models.Model):
    """One telephone call, from its first ring; there is a row before the caller hears anything."""

    access: ClassVar[Access] = CALL_ACCESS

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("市局")
    serving = models.IntegerField("接听机关", null=True)
    outbound = models.BooleanField("呼出", default=False)
    line = models.CharField("接入号码", max_length=20)
    caller = SealedField("来电号码")
    caller_hash = models.CharField(max_length=32, blank=True)
    stage = models.CharField("阶段", max_length=12, choices=Stage.choices, default=Stage.OFFERED)
    queue = models.ForeignKey(Queue, models.PROTECT, null=True, related_name="+")
    digit = models.CharField("按键", max_length=1, blank=True)
    priority = models.SmallIntegerField("优先级", choices=Priority.choices, default=Priority.USUAL)
    operator = models.ForeignKey(Operator, models.PROTECT, null=True, related_name="calls")
    arrived = models.DateTimeField("呼入", default=now)
    queued = models.DateTimeField("开始排队", null=True)
    answered = models.DateTimeField("接听", null=True)
    released = models.DateTimeField("坐席挂机", null=True)
    ended = models.DateTimeField("结束", null=True)
    outcome = models.CharField("结果", max_length=12, choices=Outcome.choices, blank=True)
    ended_by = models.CharField("挂机方", max_length=12, blank=True)
    rating = models.SmallIntegerField("满意度", null=True)
    case_id = models.UUIDField("案件", null=True)
    callback_of = models.ForeignKey("CallbackRequest", models.PROTECT, null=True, related_name="calls")
    last_event = models.IntegerField(default=0)
    # What the exchange needs to take the call up again; numbers in it, so sealed.
    exchange = SealedField("交换机状态")

    objects: ClassVar[CallQuerySet] = CallQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs

    class Meta:
        verbose_name = "通话"
        ordering = ["-arrived", "-id"]
        indexes = [
            models.Index(fields=["organ", "-arrived"], name="calls_organ_arrived"),
            models.Index(
                fields=["serving", "-arrived"], name="calls_serving", condition=Q(serving__isnull=False)
            ),
            models.Index(fields=["caller_hash", "-arrived"], name="calls_caller"),
            models.Index(fields=["case_id"], name="calls_case", condition=Q(case_id__isnull=False)),
            models.Index(fields=["arrived"], name="calls_live", condition=Q(ended__isnull=True)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="calls_rating_one_to_five"
            ),
            models.CheckConstraint(
                condition=Q(ended__isnull=True, outcome="") | Q(ended__isnull=False) & ~Q(outcome=""),
                name="calls_ended_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{'呼出' if self.outbound else '来电'} {self.arrived:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return f"/desk/calls/{self.id}/"


class CallEvent(models.Model):
    """What happened in a call, in order; `origin` names the exchange's event, so that none counts twice."""

    access: ClassVar[Access] = Scoped(
        organ="organ", extra=THROUGH_CALL.format(table="calls_callevent"), append_only=True
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="events")
    organ = models.IntegerField()
    number = models.IntegerField("序号")
    kind = models.CharField("事件", max_length=20)
    at = models.DateTimeField("时间", default=now)
    data = models.JSONField(default=dict)
    origin = models.CharField(max_length=60, null=True)

    class Meta:
        verbose_name = "通话事件"
        ordering = ["call_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="calls_event_number"),
            models.UniqueConstraint(fields=["call", "origin"], name="calls_event_once"),
        ]


class Recording(models.Model):
    """The sound of a call, sealed in a file beside the database; deleted when its time is over."""

    access: ClassVar[Access] = Scoped(organ="organ", extra=THROUGH_CALL.format(table="calls_recording"))

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="recordings")
    organ = models.IntegerField()
    voicemail = models.BooleanField("留言", default=False)
    made = models.DateTimeField("保存时间", default=now)
    seconds = models.FloatField("时长")
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("密文摘要", max_length=64)
    keep_until = models.DateField("保存至")
    deleted = models.DateTimeField("到期删除", null=True)
    capture = models.CharField(max_length=80, blank=True)  # what it was made of: not twice

    class Meta:
        verbose_name = "录音"
        ordering = ["made"]
        indexes = [
            models.Index(fields=["keep_until"], name="calls_recording_due", condition=Q(deleted__isnull=True))
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "capture"], name="calls_recording_once", condition=~Q(capture="")
            )
        ]


class CallbackRequest(models.Model):
    """Somebody wants to be called back; the number is theirs, so sealed."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    call = models.OneToOneField(Call, models.PROTECT, related_name="callback")
    organ = models.IntegerField()
    number = SealedField("回电号码")
    asked = models.DateTimeField("请求时间", default=now)
    attempts = models.SmallIntegerField("已回电次数", default=0)
    done = models.DateTimeField("完成", null=True)
    given_up = models.CharField("不再回电的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "回电请求"
        ordering = ["asked"]
        indexes = [
            models.Index(
                fields=["organ", "asked"], name="calls_callback_open", condition=Q(done__isnull=True)
            )
        ]
