from __future__ import annotations

from typing import ClassVar

from django.db import models

from hongdun.base.access import Access, Open, Personal, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.lib.money import Money, plain
from hongdun.register.models import Entity


class Draft(models.Model):
    """A filing that an applicant is filling in; saved topic by topic, sent once under its own id.

    `typed`: by topic, fields as typed that aren't right or finished yet. Identity numbers and phones are neither
    there nor in `data`: persons stand there by id, with masked numbers to show.
    """

    access: ClassVar[Access] = Personal(person="person", organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.UUIDField("申请人")
    procedure_code = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)
    started = models.DateTimeField(default=now, editable=False)
    updated = models.DateTimeField(auto_now=True)
    case_number = models.CharField("受理编号", max_length=40, blank=True)
    sent = models.DateTimeField("提交时间", null=True)
    # Where an officer enters what was handed in on paper: at which organ, who, for whom, and when it came.
    organ = models.IntegerField("收件机关", null=True)
    clerk = models.UUIDField("录入人员", null=True)
    applicant = models.CharField("申请人姓名", max_length=60, blank=True, default="")
    received = models.DateField("收件日期", null=True)
    late = models.CharField("补录原因", max_length=120, blank=True, default="")

    class Meta:
        verbose_name = "申请草稿"
        indexes = [
            models.Index(fields=["person", "-updated"], name="draft_person_updated"),
            models.Index(
                fields=["clerk", "-updated"],
                name="draft_clerk_updated",
                condition=models.Q(clerk__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        known = self.data.get("entity") or self.data.get("name") or {}
        return str(known.get("name") or "尚未填写名称的申请")


class FilingTime(models.Model):
    """How long one filing took from its receipt to the licence; figures only, for everybody to see."""

    access: ClassVar[Access] = Open(
        reason="优化营商环境条例第十九条：公开企业开办的具体办理时间", write="system", commands=("INSERT",)
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_id = models.UUIDField("案件", unique=True)
    organ = models.IntegerField("登记机关")
    procedure_code = models.CharField(max_length=60)
    issued = models.DateField("发照日期")
    minutes = models.PositiveIntegerField("用时（分钟）")

    class Meta:
        verbose_name = "办理用时"
        indexes = [
            # What a bureau's page reads: the last year of one bureau, by filing, from the index alone.
            models.Index(
                fields=["organ", "procedure_code", "issued"], include=["minutes"], name="registration_times"
            )
        ]

    def __str__(self) -> str:
        return f"{self.procedure_code} {self.minutes}"


class Ticket(models.Model):
    """A number taken at the counter of an organ: called once, in the order of numbers; it names nobody."""

    access: ClassVar[Access] = Open(reason="叫号屏向等候的公众显示，号码不含个人信息", write="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("办理机关")
    day = models.DateField("日期")
    number = models.PositiveSmallIntegerField("号码")
    taken = models.DateTimeField("取号时间", default=now)
    called = models.DateTimeField("叫号时间", null=True)
    window = models.CharField("窗口", max_length=20, blank=True)
    calls = models.PositiveSmallIntegerField("叫号次数", default=0)

    class Meta:
        verbose_name = "窗口排队号"
        constraints = [models.UniqueConstraint(fields=["organ", "day", "number"], name="ticket_once_a_day")]
        indexes = [
            models.Index(
                fields=["organ", "day", "number"],
                name="ticket_waiting",
                condition=models.Q(called__isnull=True),
            ),
            models.Index(fields=["organ", "day", "-called"], name="ticket_called"),
        ]

    def __str__(self) -> str:
        return f"{self.number:03d}"


class PublicNotice(models.Model):
    """What has to be made public for a time so that whoever is concerned can object (条例 art. 33)."""

    access: ClassVar[Access] = Open(
        reason="市场主体登记管理条例第三十三条：公示", write="organ", commands=("INSERT", "UPDATE")
    )

    class State(models.TextChoices):
        OPEN = "open", "公示中"
        UNOPPOSED = "unopposed", "公示期满，没有异议"
        OPPOSED = "opposed", "有人提出异议，已终止"
        WITHDRAWN = "withdrawn", "已撤回"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("登记机关")
    case_id = models.UUIDField("案件", unique=True)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    name = models.CharField("名称", max_length=200)
    text = models.TextField("内容")
    since = models.DateField("公示开始")
    until = models.DateField("公示期最后一日")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = "公示"
        ordering = ["-since", "-id"]
        indexes = [
            models.Index(fields=["-since", "-id"], name="notice_newest"),
            models.Index(fields=["uscc"], name="public_notice_uscc"),
            models.Index(fields=["until"], name="public_notice_open", condition=models.Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.name


class Objection(models.Model):
    """What somebody objects to a notice; who it is stays between him and the authority."""

    access: ClassVar[Access] = Scoped(organ="organ", through="case_id")

    class Capacity(models.TextChoices):
        CREDITOR = "creditor", "债权人"
        EMPLOYEE = "employee", "职工"
        INVESTOR = "investor", "投资人"
        DEPARTMENT = "department", "有关部门"
        OTHER = "other", "其他利害关系人"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="objections")
    organ = models.IntegerField("登记机关")
    case_id = models.UUIDField("案件", db_index=True)
    person = models.UUIDField("异议人")
    capacity = models.CharField("身份", max_length=12, choices=Capacity)
    text = models.TextField("异议内容")
    at = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = "异议"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()}的异议"


class Signature(models.Model):
    """One signatory of an application that isn't sent yet: what was shown, how identity was checked, what was decided.

    `hash` is that of the frozen application and its papers: with any change of them it counts no more. Link and one-time
    code are made from the row by the installation's key, so neither is kept.
    """

    access: ClassVar[Access] = Personal(person="applicant")

    class State(models.TextChoices):
        WAITING = "waiting", "等待签署"
        SIGNED = "signed", "已签署"
        DECLINED = "declined", "拒绝签署"
        VOID = "void", "已作废"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="signatures")
    applicant = models.UUIDField("申请人")
    person = models.UUIDField("签署人")
    name = models.CharField("姓名（名称）", max_length=200)
    capacity = models.CharField("以什么身份", max_length=100)
    signs = models.JSONField("签署的文件", default=list)
    hash = models.CharField(max_length=64)
    not_by = models.CharField("不得由谁签署", max_length=200, blank=True)
    why = models.CharField(max_length=300, blank=True)
    expires = models.DateTimeField("链接有效至")
    sent_to = models.CharField("发送到", max_length=100, blank=True)  # masked
    code_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    identified_by = models.CharField("身份核验方式", max_length=30, blank=True)
    decided = models.DateTimeField("签署时间", null=True)
    reason = models.CharField("拒签理由", max_length=300, blank=True)
    asked = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = "签署"
        ordering = ["asked", "id"]
        indexes = [models.Index(fields=["draft", "asked"], name="signature_draft")]

    def __str__(self) -> str:
        return f"{self.name}（{self.capacity}）"


class DecreaseNotice(models.Model):
    """公告 that registered capital will go down; creditors have 45 days from it (公司法 art. 224, 细则 art. 36)."""

    access: ClassVar[Access] = Open(reason="公司法第二百二十四条：减少注册资本应当公告", write="system")

    class Basis(models.TextChoices):
        GENERAL = "general", "一般减资（公司法第二百二十四条）"
        LOSS = "loss", "弥补亏损（公司法第二百二十五条）"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="decrease_notices")
    case_id = models.UUIDField("案件", unique=True)
    resolved = models.DateField("决议日期")
    published = models.DateField("公告日期")
    until = models.DateField("公告期届满")
    before = models.DecimalField("减资前", max_digits=24, decimal_places=6)
    capital = models.DecimalField("减至", max_digits=24, decimal_places=6)
    currency = models.CharField(max_length=3)
    contact = models.CharField("债权申报联系方式", max_length=200)
    basis = models.CharField("减资方式", max_length=8, choices=Basis, default=Basis.GENERAL)

    class Meta:
        verbose_name = "减少注册资本公告"
        indexes = [
            models.Index(fields=["entity", "-published"], name="decrease_entity_published"),
            models.Index(fields=["-published", "-id"], name="decrease_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.published}"

    @property
    def was(self) -> str:
        return plain(Money(self.before, self.currency))

    @property
    def becomes(self) -> str:
        return plain(Money(self.capital, self.currency))


class LiquidationNotice(models.Model):
    """Who liquidates an enterprise, and until when its creditors have to come (条例 art. 32, 公司法 art. 235)."""

    access: ClassVar[Access] = Open(reason="市场主体登记管理条例第三十二条：清算组公告", write="system")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="liquidation_notices")
    case_id = models.UUIDField("案件", unique=True)
    founded = models.DateField("清算组成立")
    head = models.CharField("清算组负责人", max_length=60)
    members = models.CharField("清算组成员", max_length=300)
    contact = models.CharField("债权申报联系方式", max_length=200)
    published = models.DateField("公告日期")
    until = models.DateField("申报期届满")

    class Meta:
        verbose_name = "清算组和债权人公告"
        indexes = [
            models.Index(fields=["entity", "published"], name="liquidation_entity"),
            models.Index(fields=["-published", "-id"], name="liquidation_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.published}"
