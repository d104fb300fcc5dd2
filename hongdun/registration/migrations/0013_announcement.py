import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from hongdun.base.access import Open, Secure
from hongdun.registration.publicity.actions import pieces

ENDED = {"unopposed": "公示期满，没有异议", "opposed": "有人提出异议，已终止", "withdrawn": "已撤回"}
CHUNK = 2000


def earlier(apps, schema_editor):
    """Notices that were published before; each by its own table."""
    row = apps.get_model("registration", "Announcement")

    def made():
        for each in apps.get_model("registration", "PublicNotice").objects.iterator():
            yield row(
                id=each.pk, kind="cancellation", organ=each.organ, uscc=each.uscc, name=each.name, since=each.since,
                until=each.until, ended=ENDED.get(each.state, ""), grams=pieces(each.name, each.organ),
            )
        for kind, model in (("decrease", "DecreaseNotice"), ("liquidation", "LiquidationNotice"), ("void", "VoidNotice")):
            for each in apps.get_model("registration", model).objects.select_related("entity").iterator():
                entity, until = each.entity, None if kind == "void" else each.until
                yield row(
                    id=each.pk, kind=kind, organ=entity.organ, uscc=entity.uscc, name=entity.name,
                    since=each.published, until=until, grams=pieces(entity.name, entity.organ),
                )

    row.objects.bulk_create(made(), batch_size=CHUNK)


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0012_blank_transfers'),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('cancellation', '简易注销公示'), ('decrease', '减少注册资本公告'), ('liquidation', '清算组和债权人公告'), ('void', '营业执照作废公告')], max_length=12, verbose_name='类型')),
                ('organ', models.IntegerField(verbose_name='登记机关')),
                ('uscc', models.CharField(max_length=18, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('since', models.DateField(verbose_name='公告日期')),
                ('until', models.DateField(null=True, verbose_name='期满')),
                ('ended', models.CharField(blank=True, max_length=20, verbose_name='怎样结束')),
                ('grams', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), size=None)),
            ],
            options={
                'verbose_name': '公告',
                'indexes': [models.Index(fields=['-since', '-id'], name='announcement_newest'), models.Index(fields=['kind', '-since', '-id'], name='announcement_kind'), models.Index(fields=['uscc', '-since'], name='announcement_uscc'), django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['grams'], name='announcement_grams')],
            },
        ),
        Secure("registration_announcement", Open(reason="市场主体登记管理条例第三十二条、第三十三条、第三十七条：公示、公告", write="organ", commands=("INSERT", "UPDATE"))),
        migrations.RunPython(earlier, migrations.RunPython.noop),
    ]
