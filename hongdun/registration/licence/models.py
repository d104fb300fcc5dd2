"""Blanks, what is printed on them, how it reaches its holder, and what became void."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypedDict

from django.db import models
from django.db.models import Q

from hongdun.base.access import Access, Open, Personal, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.register.models import Entity, Licence
from hongdun.register.models.licences import COPIES, copy_label

if TYPE_CHECKING:
    from hongdun.base.actor import Actor


class Sheet(TypedDict):
    """A sheet as a notice names it; those printed before the platform have no serial here."""

    serial: str
    copy: str
    no: int


class VoidNotice(models.Model):
    """声明作废 by the holder of what was lost or destroyed; 公告作废 by the authority of what isn't handed in (条例 art. 37)."""

    access: ClassVar[Access] = Open(
        reason="市场主体登记管理条例第三十七条：声明作废、公告作废", write="system", commands=("INSERT",)
    )

    class Cause(models.TextChoices):
        LOST = "lost", "遗失"
        DESTROYED = "destroyed", "毁坏"
        KEPT = "kept", "拒不缴回或者无法缴回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="void_notices")
    name = models.CharField("名称", max_length=200)
    organ = models.IntegerField("登记机关")
    case_id = models.UUIDField("案件", null=True)
    cause = models.CharField("原因", max_length=10, choices=Cause)
    sheets = models.JSONField("执照")
    published = models.DateField("公告日期")

    class Meta:
        verbose_name = "执照作废公告"
        constraints = [
            # A declaration sent twice is one.
            models.UniqueConstraint(
                fields=["case_id"], condition=Q(cause__in=("lost", "destroyed")), name="void_notice_once"
            )
        ]
        indexes = [
            models.Index(fields=["-published", "-id"], name="void_notice_newest"),
            models.Index(fields=["entity", "-published"], name="void_notice_entity"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.published}"

    @property
    def is_declared(self) -> bool:
        return self.cause != self.Cause.KEPT

    @property
    def sheets_label(self) -> str:
        return "、".join(sheet_label(each) for each in self.sheets)


def sheet_label(sheet: Sheet) -> str:
    number = f"编号 {sheet['serial']}" if sheet["serial"] else "本平台启用前核发"
    return f"{copy_label(sheet['copy'], sheet['no'])}（{number}）"


class PrintRun(models.Model):
    """Licences chosen together and printed by the worker, one after another; stopped, it goes on where it was."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("制照机关")
    officer = models.UUIDField("制照人员")
    officer_name = models.CharField("制照人员姓名", max_length=100)
    begun = models.DateTimeField(default=now, editable=False)
    finished = models.DateTimeField("完成时间", null=True)
    originals = models.UUIDField("正本打印文件", null=True)
    duplicates = models.UUIDField("副本打印文件", null=True)

    class Meta:
        verbose_name = "批量制照"
        indexes = [models.Index(fields=["organ", "-begun"], name="licence_run_organ")]

    def __str__(self) -> str:
        return f"{self.begun:%Y-%m-%d %H:%M} {self.officer_name}"


GIVEN = {"counter": "pickup"}  # ways as the form of the step 发照 has always called them
WAITS = {"pickup": "请持身份证到登记机关窗口领取", "post": "等待寄出"}


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def in_scope(self, actor: Actor) -> DeliveryQuerySet:
        return self.filter(organ__range=actor.range)


class Delivery(models.Model):
    """How the licences of one case reach their holder; addresses and numbers stand with the person, sealed."""

    access: ClassVar[Access] = Personal(person="person", organ="organ")

    class Way(models.TextChoices):
        PICKUP = "pickup", "到窗口领取"
        POST = "post", "邮寄"
        ELECTRONIC = "electronic", "只要电子执照"

    class State(models.TextChoices):
        CHOSEN = "chosen", "等待登记决定"
        DUE = "due", "待发"
        SENT = "sent", "已寄出"
        RETURNED = "returned", "邮件退回"
        DONE = "done", "已送达"

    OPEN = (State.DUE, State.SENT, State.RETURNED)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_id = models.UUIDField("案件", unique=True)
    number = models.CharField("受理编号", max_length=40)
    organ = models.IntegerField("发照机关")
    person = models.UUIDField("申请人", null=True)
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+")
    name = models.CharField("名称", max_length=200)
    way = models.CharField("领照方式", max_length=10, choices=Way, default=Way.PICKUP)
    state = models.CharField("状态", max_length=8, choices=State, default=State.CHOSEN)
    receiver = models.UUIDField("收件人或者领取人", null=True)
    receiver_name = models.CharField("收件人或者领取人姓名", max_length=100, blank=True)
    carrier = models.CharField("承运单位", max_length=40, blank=True)
    tracking = models.CharField("邮件号", max_length=40, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    signed = models.UUIDField("签收单", null=True)
    run = models.ForeignKey(PrintRun, models.PROTECT, null=True, related_name="deliveries")
    printed = models.DateTimeField("制照时间", null=True)
    problem = models.CharField("没有制成的原因", max_length=300, blank=True)
    since = models.DateTimeField("状态自", default=now)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "发照"
        indexes = [
            models.Index(
                fields=["organ", "state", "since", "id"],
                name="licence_delivery_open",
                condition=Q(state__in=("due", "sent", "returned")),
            ),
            models.Index(fields=["run", "id"], name="licence_delivery_run", condition=Q(run__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_way_display()}"

    @property
    def stands(self) -> str:
        """In the words of whoever waits for it."""
        if self.state != self.State.DUE:
            return self.get_state_display()
        if self.needs_paper:
            return "正在制作"
        return "正在制作电子执照" if self.way == self.Way.ELECTRONIC else "已制好，" + WAITS[self.way]

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def needs_paper(self) -> bool:
        return self.way != self.Way.ELECTRONIC and self.printed is None

    @property
    def may_choose(self) -> bool:
        """Until it was printed or sent the applicant may choose otherwise."""
        return self.state == self.State.CHOSEN or (self.state == self.State.DUE and self.run_id is None)


TO_TARGET = "target BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int"


class BlankTransfer(models.Model):
    """A range of blanks on its way to another office: neither's stock until that one says it has come, or it is taken back."""

    access: ClassVar[Access] = Scoped(organ="organ", extra=TO_TARGET)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("调出机关")
    target = models.IntegerField("调入机关")
    copy = models.CharField("种类", max_length=9, choices=list(COPIES.items()))
    first = models.CharField("起号", max_length=24)
    last = models.CharField("止号", max_length=24)
    count = models.IntegerField("张数")
    sent = models.DateTimeField("调出时间", default=now, editable=False)
    sender = models.CharField("调出人", max_length=100)
    closed = models.DateTimeField("收到或者撤回时间", null=True)
    received = models.BooleanField("已收到", default=False)
    closer = models.CharField("收到或者撤回人", max_length=100, blank=True)

    class Meta:
        verbose_name = "空白执照调拨"
        indexes = [
            models.Index(fields=["organ", "-sent", "-id"], name="blank_transfer_out"),
            models.Index(fields=["target", "-sent", "-id"], name="blank_transfer_in"),
        ]

    def __str__(self) -> str:
        return f"{self.first}-{self.last}"


class Blank(models.Model):
    """One numbered blank: received, then used for one sheet, or spoilt."""

    access: ClassVar[Access] = Scoped(organ="organ")

    class State(models.TextChoices):
        STOCK = "stock", "库存"
        USED = "used", "已使用"
        SPOILT = "spoilt", "作废"
        MOVED = "moved", "调出"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    serial = models.CharField("空白执照编号", max_length=24)
    copy = models.CharField("种类", max_length=9, choices=list(COPIES.items()))
    organ = models.IntegerField("保管机关")
    state = models.CharField("状态", max_length=6, choices=State, default=State.STOCK)
    received = models.DateField("入库日期")
    used = models.DateField("使用日期", null=True)
    spoilt = models.DateField("作废日期", null=True)
    moved = models.DateField("调出日期", null=True)
    transfer = models.ForeignKey(BlankTransfer, models.PROTECT, null=True, related_name="blanks")
    reason = models.CharField("作废原因", max_length=200, blank=True)
    licence = models.ForeignKey(Licence, models.PROTECT, null=True, related_name="blanks")

    class Meta:
        verbose_name = "空白执照"
        constraints = [
            # A sheet lies on one blank that counts; a spoilt one keeps what was printed on it.
            models.UniqueConstraint(
                fields=["licence"], condition=Q(state="used"), name="blank_one_of_a_sheet"
            ),
            models.CheckConstraint(
                name="blank_state_shown",
                condition=Q(state="stock", used=None, spoilt=None, licence=None, moved=None)
                | Q(state="used", used__isnull=False, spoilt=None, licence__isnull=False, moved=None)
                | Q(state="spoilt", spoilt__isnull=False, moved=None)
                | Q(state="moved", moved__isnull=False, used=None, spoilt=None, licence=None),
            ),
            # Whoever passed it on keeps a row that says so; only one office holds it.
            models.UniqueConstraint(fields=["serial"], condition=~Q(state="moved"), name="blank_held_once"),
        ]
        indexes = [
            models.Index(
                fields=["organ", "copy", "serial"], name="blank_in_stock", condition=Q(state="stock")
            ),
            models.Index(
                fields=["organ", "copy", "received"],
                include=["used", "spoilt", "moved"],
                name="blank_counted",
            ),
            models.Index(fields=["organ", "serial"], name="blank_by_serial"),
        ]

    def __str__(self) -> str:
        return self.serial


def named(licence: Licence | None, *, copy: str = "", no: int = 0) -> Sheet:
    if licence is None:
        return {"serial": "", "copy": copy, "no": no}
    return {"serial": licence.serial, "copy": licence.copy, "no": licence.duplicate_no}


def places(sheets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(each["copy"], each["no"]) for each in sheets]
