import django.db.models.deletion
from django.db import migrations, models

import hongdun.base.clock
import hongdun.base.ids
from hongdun.base.access import Open, Personal, Secure


class Migration(migrations.Migration):

    dependencies = [
        ("registration", "0005_notices"),
        ("register", "0004_standings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("applicant", models.UUIDField(verbose_name="申请人")),
                ("person", models.UUIDField(verbose_name="签署人")),
                ("name", models.CharField(max_length=200, verbose_name="姓名（名称）")),
                ("capacity", models.CharField(max_length=100, verbose_name="以什么身份")),
                ("signs", models.JSONField(default=list, verbose_name="签署的文件")),
                ("hash", models.CharField(max_length=64)),
                ("not_by", models.CharField(blank=True, max_length=200, verbose_name="不得由谁签署")),
                ("why", models.CharField(blank=True, max_length=300)),
                ("expires", models.DateTimeField(verbose_name="链接有效至")),
                ("sent_to", models.CharField(blank=True, max_length=100, verbose_name="发送到")),
                ("code_until", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("state", models.CharField(choices=[("waiting", "等待签署"), ("signed", "已签署"), ("declined", "拒绝签署"), ("void", "已作废")], default="waiting", max_length=8)),
                ("identified_by", models.CharField(blank=True, max_length=30, verbose_name="身份核验方式")),
                ("decided", models.DateTimeField(null=True, verbose_name="签署时间")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="拒签理由")),
                ("asked", models.DateTimeField(default=hongdun.base.clock.now, editable=False)),
                ("draft", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="signatures", to="registration.draft")),
            ],
            options={
                "verbose_name": "签署",
                "ordering": ["asked", "id"],
                "indexes": [models.Index(fields=["draft", "asked"], name="signature_draft")],
            },
        ),
        migrations.CreateModel(
            name="DecreaseNotice",
            fields=[
                ("id", models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.UUIDField(unique=True, verbose_name="案件")),
                ("resolved", models.DateField(verbose_name="决议日期")),
                ("published", models.DateField(verbose_name="公告日期")),
                ("until", models.DateField(verbose_name="公告期届满")),
                ("before", models.DecimalField(decimal_places=6, max_digits=24, verbose_name="减资前")),
                ("capital", models.DecimalField(decimal_places=6, max_digits=24, verbose_name="减至")),
                ("currency", models.CharField(max_length=3)),
                ("contact", models.CharField(max_length=200, verbose_name="债权申报联系方式")),
                ("entity", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="decrease_notices", to="register.entity")),
            ],
            options={
                "verbose_name": "减少注册资本公告",
                "indexes": [models.Index(fields=["entity", "-published"], name="decrease_entity_published"), models.Index(fields=["-published", "-id"], name="decrease_newest")],
            },
        ),
        Secure("registration_signature", Personal(person="applicant")),
        Secure("registration_decreasenotice", Open(reason="公司法第二百二十四条：减少注册资本应当公告", write="system")),
    ]
