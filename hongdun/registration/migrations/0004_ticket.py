from django.db import migrations, models

import hongdun.base.clock
import hongdun.base.ids
from hongdun.base.access import Open, Personal, Secure


class Migration(migrations.Migration):

    dependencies = [("registration", "0003_screening")]

    operations = [
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organ", models.IntegerField(verbose_name="办理机关")),
                ("day", models.DateField(verbose_name="日期")),
                ("number", models.PositiveSmallIntegerField(verbose_name="号码")),
                ("taken", models.DateTimeField(default=hongdun.base.clock.now, verbose_name="取号时间")),
                ("called", models.DateTimeField(null=True, verbose_name="叫号时间")),
                ("window", models.CharField(blank=True, max_length=20, verbose_name="窗口")),
                ("calls", models.PositiveSmallIntegerField(default=0, verbose_name="叫号次数")),
            ],
            options={
                "verbose_name": "窗口排队号",
                "indexes": [
                    models.Index(
                        condition=models.Q(("called__isnull", True)), fields=["organ", "day", "number"], name="ticket_waiting"
                    ),
                    models.Index(fields=["organ", "day", "-called"], name="ticket_called"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("organ", "day", "number"), name="ticket_once_a_day")
                ],
            },
        ),
        migrations.AddField("draft", "organ", models.IntegerField(null=True, verbose_name="收件机关")),
        migrations.AddField("draft", "clerk", models.UUIDField(null=True, verbose_name="录入人员")),
        migrations.AddField("draft", "applicant", models.CharField(blank=True, default="", max_length=60, verbose_name="申请人姓名")),
        migrations.AddField("draft", "received", models.DateField(null=True, verbose_name="收件日期")),
        migrations.AddField("draft", "late", models.CharField(blank=True, default="", max_length=120, verbose_name="补录原因")),
        migrations.AddIndex("draft", models.Index(
            condition=models.Q(("clerk__isnull", False)), fields=["clerk", "-updated"], name="draft_clerk_updated"
        )),
        Secure("registration_draft", Personal(person="person", organ="organ")),
        Secure("registration_ticket", Open(reason="叫号屏向等候的公众显示，号码不含个人信息", write="organ")),
    ]
