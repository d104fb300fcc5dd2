import django.db.models.deletion
from django.db import migrations, models

import hongdun.base.clock
import hongdun.base.ids
from hongdun.base.access import Open, Personal, Secure


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_initial"), ("base", "0002_limits")]
    operations = [
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                ("id", models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("account", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="keys", to="parties.account")),
                ("name", models.CharField(max_length=60, verbose_name="用途")),
                ("hash", models.CharField(max_length=32, unique=True)),
                ("hint", models.CharField(max_length=12, verbose_name="密钥开头")),
                ("per_minute", models.PositiveIntegerField(verbose_name="每分钟次数")),
                ("per_day", models.PositiveIntegerField(verbose_name="每日次数")),
                ("made", models.DateTimeField(default=hongdun.base.clock.now, editable=False, verbose_name="建立")),
                ("rolled", models.DateTimeField(null=True, verbose_name="更换")),
                ("revoked", models.DateTimeField(null=True, verbose_name="停用")),
            ],
            options={
                "verbose_name": "接口密钥",
                "ordering": ["made", "id"],
                "constraints": [models.UniqueConstraint(condition=models.Q(("revoked__isnull", True)), fields=("account", "name"), name="parties_one_key_of_a_name")],
            },
        ),
        migrations.CreateModel(
            name="ApiKeyUsage",
            fields=[
                ("id", models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("key", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="usage", to="parties.apikey")),
                ("person", models.UUIDField()),
                ("day", models.DateField(verbose_name="日期")),
                ("requests", models.PositiveIntegerField(verbose_name="次数")),
            ],
            options={
                "verbose_name": "接口用量",
                "ordering": ["-day"],
                "constraints": [models.UniqueConstraint(fields=("key", "day"), name="parties_usage_once")],
            },
        ),
        Secure("parties_apikey", Open(reason="调用接口时须核对；只有密钥的加密摘要", write="system")),
        Secure("parties_apikeyusage", Personal(person="person")),
    ]
