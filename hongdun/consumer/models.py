from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from hongdun.base.access import Access, Open, Personal, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.sealed import SealedField
from hongdun.cases.models import Case

# Who may know of a reporter: the organ that has the case and those above it, not those it is shared with (art. 37).
KEPT_BY_THE_ORGAN = (
    'EXISTS (SELECT 1 FROM cases_case c WHERE c.id = "consumer_reporter".case_id AND c.organ'
    " BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int)"
)


class Kind(models.TextChoices):
    COMPLAINT = "complaint", "投诉"
    REPORT = "report", "举报"
    CONSULTATION = "consultation", "咨询"
    SUGGESTION = "suggestion", "建议"


class Contact(models.Model):
    """That somebody turned to us, as it came in: written before anything is read out of it, never changed.

    `key`: the same input sent twice is one contact. `follows`: the contact that this one makes good, such as a
    call on the 12315 telephone after an e-mail, which has no legal standing.
    """

    access: ClassVar[Access] = Scoped(organ="organ", append_only=True)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("接收机关")
    channel = models.CharField("渠道", max_length=20)
    key = models.CharField("幂等键", max_length=120)
    received_at = models.DateTimeField("收到时间", default=now)
    payload = SealedField("原始内容")
    sha256 = models.CharField(max_length=64)
    sender_name = SealedField("联系人")
    sender_phone = SealedField("联系电话")
    sender_hash = models.CharField(max_length=32, blank=True)
    by = models.UUIDField("登记人", null=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")

    class Meta:
        verbose_name = "来件"
        indexes = [
            models.Index(fields=["organ", "-received_at"], name="contact_organ_received"),
            models.Index(
                fields=["sender_hash", "-received_at"], name="contact_sender", condition=~models.Q(sender_hash="")
            ),
        ]  # fmt: skip
        constraints = [models.UniqueConstraint(fields=["channel", "key"], name="contact_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.received_at:%Y-%m-%d %H:%M}"


class Matter(models.Model):
    """What a consumer case is about, in columns that are counted and searched; one row for each case.

    `phone_hash` joins the complaints of one person; it stays empty for reports, whose sender is in `Reporter`.
    """

    access: ClassVar[Access] = Scoped(organ="", share="case_id", through="case_id")

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="matter")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="matters")
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    channel = models.CharField("渠道", max_length=20)  # the contact itself stays with who took it in
    received = models.DateField("收到日期")
    entity = models.UUIDField("被投诉（举报）人", null=True)
    platform = models.UUIDField("平台", null=True)
    object_class = models.CharField("商品服务类别", max_length=5, blank=True)
    problem_class = models.CharField("问题类别", max_length=20, blank=True)
    sales_mode = models.CharField("销售方式", max_length=12, blank=True)
    brand = models.CharField("品牌", max_length=30, blank=True, db_default="")
    urgency = ArrayField(models.CharField(max_length=12), default=list)
    claims = ArrayField(models.CharField(max_length=12), default=list)
    amount = models.DecimalField("涉及金额", max_digits=12, decimal_places=2, null=True)
    recovered = models.DecimalField("挽回经济损失", max_digits=12, decimal_places=2, null=True)
    phone_hash = models.CharField(max_length=32, blank=True)
    may_publish = models.BooleanField("同意公示", default=True)
    may_entrust = models.BooleanField("同意委托调解", default=False)
    result = models.CharField("处理结果", max_length=20, blank=True)
    rating = models.PositiveSmallIntegerField("满意度", null=True)
    rating_words = models.CharField("评价", max_length=500, blank=True)

    class Meta:
        verbose_name = "诉求"
        indexes = [
            models.Index(
                fields=["phone_hash", "-received"], name="matter_person", condition=~models.Q(phone_hash="")
            ),
            models.Index(
                fields=["entity", "-received"], name="matter_entity", condition=models.Q(entity__isnull=False)
            ),
            models.Index(fields=["brand", "-received"], name="matter_brand", condition=~models.Q(brand="")),
            models.Index(fields=["received", "kind"], name="matter_received"),
            models.Index(fields=["case"], name="matter_urgent", condition=~models.Q(urgency=[])),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class Brand(models.Model):
    """A brand that an officer once named, so that texts which speak of it are recognised."""

    access: ClassVar[Access] = Open(reason="商品和服务的品牌名称，不含个人信息", write="insert")

    name = models.CharField("品牌", max_length=30, primary_key=True)

    class Meta:
        verbose_name = "品牌"

    def __str__(self) -> str:
        return self.name


class Reporter(models.Model):
    """Who reported: sealed, apart from the case, and read for a reason only (art. 37). Without a name: anonymous."""

    access: ClassVar[Access] = Scoped(organ="", extra=KEPT_BY_THE_ORGAN)

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="reporter")
    is_anonymous = models.BooleanField("匿名举报")
    name = SealedField("姓名")
    phone = SealedField("联系电话")
    address = SealedField("通讯地址")
    id_number = SealedField("证件号码")
    phone_hash = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        verbose_name = "举报人"

    def __str__(self) -> str:
        return str(self.case_id)


class Answer(models.Model):
    """What a merchant said on its own page: whether it agrees to mediation, its account, its offer."""

    access: ClassVar[Access] = Scoped(organ="", share="case_id", through="case_id", append_only=True)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="answers")
    at = models.DateTimeField("时间", default=now)
    stance = models.CharField(
        "意见",
        max_length=10,
        choices=[("agree", "同意调解"), ("refuse", "不同意调解"), ("settle", "同意和解方案")],
    )
    text = models.TextField("说明", blank=True)
    by = SealedField("经办人")  # with a telephone number

    class Meta:
        verbose_name = "经营者答复"
        indexes = [models.Index(fields=["case", "at"], name="answer_case_at")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.stance}"


class Urge(models.Model):
    """An organ above (or the sender, through an operator) wants a case to move on; supervised ones are answered."""

    access: ClassVar[Access] = Scoped(organ="", share="case_id", through="case_id")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="urges")
    kind = models.CharField("类型", max_length=10, choices=[("urge", "催办"), ("supervise", "督办")])
    at = models.DateTimeField("时间", default=now)
    by = models.UUIDField("提出人")
    by_name = models.CharField("提出人姓名", max_length=60)
    words = models.CharField("要求", max_length=500)
    due = models.DateField("回复期限", null=True)
    answer = models.CharField("回复", max_length=500, blank=True)
    answered = models.DateTimeField("回复时间", null=True)

    class Meta:
        verbose_name = "催办督办"
        indexes = [models.Index(fields=["case", "at"], name="urge_case_at")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


class Reach(models.Model):
    """Where an officer wants to be told of what can't wait for the next look at the day page."""

    access: ClassVar[Access] = Personal(person="officer")

    officer = models.UUIDField("工作人员", primary_key=True)
    phone = SealedField("手机号")
    email = SealedField("电子邮箱")
    from_percent = models.PositiveSmallIntegerField("从期限的百分之几起", default=80)

    class Meta:
        verbose_name = "提醒方式"

    def __str__(self) -> str:
        return str(self.officer)


class Skill(models.Model):
    """How many matters of a class an organ closed in a month: kept as they close, for counting them takes too long."""

    access: ClassVar[Access] = Scoped(organ="organ")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.IntegerField("机关")
    object_class = models.CharField("商品服务类别", max_length=5)
    month = models.DateField("月份")
    closed = models.PositiveIntegerField("办结")

    class Meta:
        verbose_name = "同类办结"
        constraints = [
            models.UniqueConstraint(fields=["object_class", "organ", "month"], name="skill_of_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.object_class} {self.month}"
