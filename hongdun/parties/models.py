from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from hongdun.base.access import Access, Open, Personal, Scoped
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.sealed import SealedField
from hongdun.org.models import Organ


class Kind(models.TextChoices):
    NATURAL = "natural", "自然人"
    ORGANISATION = "organisation", "单位"


class IdType(models.TextChoices):
    RESIDENT = "resident", "居民身份证"
    HONGKONG_MACAO = "hk_macao", "港澳居民来往内地通行证"
    TAIWAN = "taiwan", "台湾居民来往大陆通行证"
    PASSPORT = "passport", "护照"
    USCC = "uscc", "统一社会信用代码"
    OTHER = "other", "其他证件"


class InvolvedAs(models.TextChoices):
    APPLICANT = "applicant", "申请人"
    AGENT = "agent", "委托代理人"
    LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人（负责人）"
    SHAREHOLDER = "shareholder", "股东（出资人）"
    MEMBER = "member", "主要人员"
    LIAISON = "liaison", "联络员"
    OTHER = "other", "其他"


class Person(models.Model):
    """A person or organisation outside, as one filing or account stated it.

    The same natural person stated twice is two rows with one `id_hash`: nobody's statement alters another's.
    """

    access: ClassVar[Access] = Personal(person="id", organ="organ_id", involved=True)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices, default=Kind.NATURAL)
    name = models.CharField("姓名（名称）", max_length=200)
    id_type = models.CharField("证件类型", max_length=12, choices=IdType.choices, default=IdType.RESIDENT)
    id_number = SealedField("证件号码")
    phone = SealedField("联系电话")
    email = SealedField("电子邮箱")
    address = SealedField("住址")
    id_hash = models.CharField(max_length=32, blank=True, db_index=True)
    phone_hash = models.CharField(max_length=32, blank=True, db_index=True)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, related_name="+", verbose_name="登记该人的机关"
    )
    stated_by = models.UUIDField("填报人", null=True)  # the applicant or officer who may still correct it
    identity_by = models.CharField("身份核验方式", max_length=30, default="self_declared")
    recorded = models.DateTimeField(default=now, editable=False)

    class Meta:
        verbose_name = "当事人"

    def __str__(self) -> str:
        return self.name


class AccountQuerySet(models.QuerySet["Account"]):
    def may_log_in(self) -> AccountQuerySet:
        found = self.filter(is_active=True)
        return found.filter(is_demo=False) if settings.PRODUCTION else found


class Account(models.Model):
    """An applicant's log-in; the name or phone it is found by is kept as a keyed hash only."""

    access: ClassVar[Access] = Open(reason="登录前须核对；只有登录名的加密摘要", write="system")

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True)
    login_hash = models.CharField(max_length=32, unique=True)
    stamp = models.IntegerField(default=0)  # raised to end every open session
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)  # may never log in to an instance in production
    created = models.DateTimeField(default=now, editable=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = "申请人账号"


class Password(models.Model):
    access: ClassVar[Access] = Personal(person="account_id")

    account = models.OneToOneField(Account, models.CASCADE, primary_key=True)
    hash = models.CharField(max_length=128)

    class Meta:
        verbose_name = "申请人口令"


class Involvement(models.Model):
    """Who has what to do with a case; it opens the person's fields to the organ that handles it."""

    access: ClassVar[Access] = Scoped(organ="organ_id", person="person_id")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="involvements")
    case_id = models.UUIDField("案件")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="办理机关")
    role = models.CharField("身份", max_length=24, choices=InvolvedAs.choices)

    class Meta:
        verbose_name = "涉案当事人"
        indexes = [models.Index(fields=["case_id"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "case_id", "role"], name="parties_involvement_once"),
        ]


class ApiKey(models.Model):
    """An applicant's key of the public API; of the key itself only a keyed hash and its beginning are kept."""

    access: ClassVar[Access] = Open(reason="调用接口时须核对；只有密钥的加密摘要", write="system")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="keys")
    name = models.CharField("用途", max_length=60)
    hash = models.CharField(max_length=32, unique=True)
    hint = models.CharField("密钥开头", max_length=12)
    per_minute = models.PositiveIntegerField("每分钟次数")  # 0: without limit
    per_day = models.PositiveIntegerField("每日次数")
    made = models.DateTimeField("建立", default=now, editable=False)
    rolled = models.DateTimeField("更换", null=True)
    revoked = models.DateTimeField("停用", null=True)

    class Meta:
        verbose_name = "接口密钥"
        ordering = ["made", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=models.Q(revoked__isnull=True),
                name="parties_one_key_of_a_name",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.hint}）"


class ApiKeyUsage(models.Model):
    access: ClassVar[Access] = Personal(person="person")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.ForeignKey(ApiKey, models.PROTECT, related_name="usage")
    person = models.UUIDField()
    day = models.DateField("日期")
    requests = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = "接口用量"
        ordering = ["-day"]
        constraints = [models.UniqueConstraint(fields=["key", "day"], name="parties_usage_once")]
