from django.db import migrations, models

from hongdun.base.access import Open, Secure
from hongdun.base.thirdparty import SEQUENCES, THIRD_PARTY

GRANT = f"GRANT USAGE ON SEQUENCE {', '.join(SEQUENCES)} TO hongdun_app"
REVOKE = f"REVOKE USAGE ON SEQUENCE {', '.join(SEQUENCES)} FROM hongdun_app"


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("name", models.TextField(primary_key=True, serialize=False, verbose_name="部分")),
                ("at", models.DateTimeField(verbose_name="最近")),
            ],
            options={"verbose_name": "心跳"},
        ),
        migrations.CreateModel(
            name="JobDone",
            fields=[
                ("job", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="任务")),
                ("at", models.DateTimeField(verbose_name="完成")),
            ],
            options={"verbose_name": "已完成任务"},
        ),
        Secure("base_heartbeat", Open(reason="只有进程名和时间，供就绪检查", write="system")),
        Secure("base_jobdone", Open(reason="只有任务序号和时间", write="system")),
        *(Secure(table, access) for table, access in THIRD_PARTY.items()),
        migrations.RunSQL(GRANT, REVOKE),
    ]
