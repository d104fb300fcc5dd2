from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value

from hongdun.base.access import Access, Open, Personal
from hongdun.base.clock import now, today
from hongdun.base.ids import uuid7
from hongdun.base.sealed import SealedField
from hongdun.lib import organs

if TYPE_CHECKING:
    from datetime import date

    from hongdun.base.actor import Actor


class Level(models.IntegerChoices):
    REGION = 1, "自治区"
    CITY = 2, "设区市"
    COUNTY = 3, "县（市、区）"
    STATION = 4, "监管所"


class Role(models.TextChoices):
    CLERK = "clerk", "受理"
    EXAMINER = "examiner", "审查"
    APPROVER = "approver", "核准"
    COUNTER = "counter", "窗口发照"
    ARCHIVIST = "archivist", "归档"
    HEAD = "head", "负责人"
    STATION = "station", "监管所"
    ADMIN = "admin", "系统管理"
    AUDITOR = "auditor", "审计"


class OrganQuerySet(models.QuerySet["Organ"]):
    def in_scope(self, code: int) -> OrganQuerySet:
        return self.filter(code__range=organs.scope(code))

    def on(self, day: date) -> OrganQuerySet:
        began = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.filter(began, Q(valid_to=None) | Q(valid_to__gte=day))


class Organ(models.Model):
    """A bureau or station of the four-level tree; `mark` is the 文号 word (青秀市监), a station has none."""

    access: ClassVar[Access] = Open(reason="机关名录依法公开")

    code = models.IntegerField("机关代码", primary_key=True)
    name = models.CharField("全称", max_length=100)
    short = models.CharField("简称", max_length=40)
    level = models.SmallIntegerField("层级", choices=Level.choices)
    mark = models.CharField("文号字", max_length=20, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    division = models.CharField("行政区划代码", max_length=6)
    valid_from = models.DateField("设立日期", null=True)
    valid_to = models.DateField("撤销日期", null=True)

    objects = OrganQuerySet.as_manager()

    class Meta:
        verbose_name = "机关"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__range=(100_000_000, 999_999_999)), name="org_organ_nine"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OfficerQuerySet(models.QuerySet["Officer"]):
    def may_log_in(self) -> OfficerQuerySet:
        found = self.filter(is_active=True)
        return found.filter(is_demo=False) if settings.PRODUCTION else found

    def in_scope(self, actor: Actor) -> OfficerQuerySet:
        return self.filter(organ__code__range=actor.range)


class Officer(models.Model):
    """A natural person in service, one id for life; `organ` is where the staffing (编制) is."""

    access: ClassVar[Access] = Open(reason="执法人员姓名依法公示；登录前须按登录名找到本人", write="organ_id")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    login = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="officers", verbose_name="编制所在机关")
    is_active = models.BooleanField("在职", default=True)
    stamp = models.IntegerField(default=0)  # raised to end every open session of the officer
    is_demo = models.BooleanField(default=False)  # may never log in to an instance in production

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = "工作人员"
        ordering = ["organ_id", "login"]
        indexes = [models.Index(fields=["organ", "login"])]

    def __str__(self) -> str:
        return self.name


class Credential(models.Model):
    """What an officer proves to be the one with; never readable by another officer."""

    access: ClassVar[Access] = Personal(person="officer_id")

    officer = models.OneToOneField(Officer, models.CASCADE, primary_key=True)
    password = models.CharField(max_length=128)
    totp = SealedField()
    last_totp_step = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "登录凭据"


class Attempts(models.Model):
    """Failed log-ins of one name or one address; names nobody has are counted alike, so they tell nothing."""

    access: ClassVar[Access] = Open(reason="登录前须核对；键为加密摘要，不含登录名和地址", write="system")

    key = models.CharField(primary_key=True, max_length=32)
    failures = models.SmallIntegerField(default=0)
    last = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "登录失败"


class PostQuerySet(models.QuerySet["Post"]):
    def on(self, day: date) -> PostQuerySet:
        """Posts in force on `day`, whose organ still stands."""
        return self.filter(
            Q(valid_to=None) | Q(valid_to__gte=day),
            Q(organ__valid_to=None) | Q(organ__valid_to__gte=day),
            valid_from__lte=day,
            officer__is_active=True,
        )

    def in_scope(self, code: int) -> PostQuerySet:
        return self.filter(organ__code__range=organs.scope(code))


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(ended=None, first_day__lte=day, last_day__gte=day)

    def between(self, first: date, last: date) -> AbsenceQuerySet:
        return self.filter(ended=None, first_day__lte=last, last_day__gte=first)


class Days(models.Func):
    """daterange(first, last, '[]')."""

    function = "daterange"
    output_field: ClassVar[models.Field[Any, Any]] = DateRangeField()


class Post(models.Model):
    """An officer's role at an organ for a time; an acting post names the officer it is held for.

    A last day before the first means that the post was ended on the day it was made.
    """

    access: ClassVar[Access] = Open(reason="岗位与执法资格依法公示；登录时须先选岗位", write="organ_id")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts", verbose_name="工作人员")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="posts", verbose_name="机关")
    role = models.CharField("岗位", max_length=12, choices=Role.choices)
    valid_from = models.DateField("起始日期", default=today)
    valid_to = models.DateField("截止日期", null=True, blank=True)
    acting = models.BooleanField("代理", default=False)
    on_behalf_of = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被代理人"
    )
    certificate_no = models.CharField("执法证号", max_length=30, blank=True)
    certificate_until = models.DateField("执法证有效期至", null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        ordering = ["organ_id", "officer_id", "valid_from"]
        indexes = [models.Index(fields=["organ", "officer"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from") - timedelta(days=1)),
                name="org_post_period",
            ),
            models.CheckConstraint(
                condition=Q(acting=True, on_behalf_of__isnull=False, valid_to__isnull=False)
                | Q(acting=False, on_behalf_of__isnull=True),
                name="org_post_acting_for_whom_and_till_when",
            ),
            models.CheckConstraint(condition=~Q(on_behalf_of=F("officer")), name="org_post_not_for_oneself"),
        ]

    def __str__(self) -> str:
        acting = "（代理）" if self.acting else ""
        return f"{self.organ.short} {self.get_role_display()}{acting}"


class Absence(models.Model):
    """Days on which an officer's work at an organ is a deputy's, who holds the same posts there.

    Why somebody is absent isn't kept here: the table is read before a post is taken, so it is open.
    """

    access: ClassVar[Access] = Open(
        reason="登录时须知道代理谁的岗位；与岗位一样公开，不含缘由",
        write="organ_id",
        commands=("INSERT", "UPDATE"),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="absences", verbose_name="不在岗人员")
    deputy = models.ForeignKey(Officer, models.PROTECT, related_name="+", verbose_name="代理人")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    first_day = models.DateField("第一天")
    last_day = models.DateField("最后一天")
    ended = models.DateTimeField("提前结束", null=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "不在岗"
        ordering = ["first_day", "id"]
        indexes = [
            models.Index(fields=["deputy", "last_day"], name="org_absence_deputy", condition=Q(ended=None)),
            models.Index(fields=["organ", "last_day"], name="org_absence_organ", condition=Q(ended=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="org_absence_period"),
            models.CheckConstraint(condition=~Q(deputy=F("officer")), name="org_absence_not_for_oneself"),
            ExclusionConstraint(
                name="org_absent_once",
                expressions=[
                    (F("officer"), RangeOperators.EQUAL),
                    (F("organ"), RangeOperators.EQUAL),
                    (Days(F("first_day"), F("last_day"), Value("[]")), RangeOperators.OVERLAPS),
                ],
                condition=Q(ended=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_day} 至 {self.last_day}"


class CaseShare(models.Model):
    """A case that another organ may see for a time, for joint handling."""

    access: ClassVar[Access] = Open(reason="只有案件编号与协办机关，案件本身仍受范围限制", write="system")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case_id = models.UUIDField("案件")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="协办机关")
    since = models.DateTimeField("起", default=now)
    until = models.DateTimeField("止", null=True)

    class Meta:
        verbose_name = "案件共享"
        indexes = [models.Index(fields=["organ", "case_id"]), models.Index(fields=["case_id"])]


class NumberSeries(models.Model):
    """The last document number of a series in one organ and year; a trigger lets it grow by one only."""

    access: ClassVar[Access] = Open(
        reason="文号计数；监管所和申请人的文书也用县局文号",
        write="anyone",
        commands=("SELECT", "INSERT", "UPDATE"),
    )

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    series = models.CharField(max_length=20)
    last = models.IntegerField()

    class Meta:
        verbose_name = "文号"
        constraints = [
            models.UniqueConstraint(fields=["organ", "year", "series"], name="org_numberseries_one"),
        ]
