from django.db import migrations, models

from hongdun.base.access import Open, Secure

# Counters that a crash may empty. Every request writes one: room in the page keeps its index as it is.
FAST = "ALTER TABLE {0} SET UNLOGGED; ALTER TABLE {0} SET (fillfactor = 50)"


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Allowance",
            fields=[
                ("pk", models.CompositePrimaryKey("bucket", "day", blank=True, editable=False, primary_key=True, serialize=False)),
                ("bucket", models.CharField(max_length=48, verbose_name="调用者")),
                ("day", models.IntegerField(verbose_name="日")),
                ("in_day", models.IntegerField(verbose_name="当日次数")),
                ("minute", models.IntegerField(verbose_name="分钟")),
                ("in_minute", models.IntegerField(verbose_name="本分钟次数")),
            ],
            options={"verbose_name": "访问次数"},
        ),
        migrations.CreateModel(
            name="SpentProof",
            fields=[
                ("seed", models.CharField(max_length=100, primary_key=True, serialize=False, verbose_name="题目")),
                ("until", models.BigIntegerField(verbose_name="有效至")),
            ],
            options={"verbose_name": "已用解答"},
        ),
        migrations.RunSQL(FAST.format("base_allowance"), migrations.RunSQL.noop),
        migrations.RunSQL(FAST.format("base_spentproof"), migrations.RunSQL.noop),
        Secure("base_allowance", Open(reason="调用者只以加密摘要或密钥编号记录，只有次数", write="anyone")),
        Secure("base_spentproof", Open(reason="只有题目编号", write="anyone")),
    ]
