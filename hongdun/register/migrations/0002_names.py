"""One table for every name: current, former, reserved. Copies each name once; `index-names` fills in the keys."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import hongdun.base.ids
from hongdun.base.access import Open, Secure

COPY = """
INSERT INTO register_name (id, entity_id, organ, city, name, kind, trade, industry,
    since, until, fate, keyed, keys, grams)
SELECT gen_random_uuid(), id, organ, organ / 100000, name, 'current', '', '', established, closed,
    CASE status WHEN 'cancelled' THEN 'cancelled' WHEN 'annulled' THEN 'annulled' ELSE '' END, 0, '{}', '{}'
FROM register_entity;
INSERT INTO register_name (id, entity_id, organ, city, name, kind, trade, industry,
    since, until, fate, keyed, keys, grams)
SELECT f.id, f.entity_id, e.organ, e.organ / 100000, f.name, 'former', '', '', NULL, f.until, 'renamed',
    0, '{}', '{}'
FROM register_formername f JOIN register_entity e ON e.id = f.entity_id;
"""


class Migration(migrations.Migration):

    dependencies = [("register", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name='Name',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField(null=True, verbose_name='保留名称的案件')),
                ('organ', models.IntegerField(verbose_name='登记机关')),
                ('city', models.SmallIntegerField(verbose_name='设区市')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('kind', models.CharField(choices=[('current', '现用'), ('former', '曾用'), ('reserved', '保留')], default='current', max_length=8)),
                ('trade', models.CharField(blank=True, max_length=200, verbose_name='字号')),
                ('industry', models.CharField(blank=True, max_length=200, verbose_name='行业或者经营特点')),
                ('since', models.DateField(null=True, verbose_name='自')),
                ('until', models.DateField(null=True, verbose_name='至')),
                ('fate', models.CharField(blank=True, choices=[('', ''), ('renamed', '已变更名称'), ('cancelled', '已注销'), ('annulled', '登记已被撤销'), ('infringing', '被认定应当停止使用'), ('released', '不再保留')], max_length=12)),
                ('keyed', models.SmallIntegerField(default=0)),
                ('keys', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ('grams', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
            ],
            options={
                'verbose_name': '名称',
                'ordering': ['-until'],
            },
        ),
        migrations.AddField(
            model_name='name',
            name='entity',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='names', to='register.entity'),
        ),
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.DeleteModel(name="FormerName"),
        migrations.RemoveIndex(model_name="entity", name="register_grams"),
        migrations.RemoveField(model_name="entity", name="grams"),
        migrations.AddIndex(
            model_name='name',
            index=django.contrib.postgres.indexes.GinIndex(fields=['keys'], name='register_name_keys'),
        ),
        migrations.AddIndex(
            model_name='name',
            index=django.contrib.postgres.indexes.GinIndex(fields=['grams'], name='register_name_grams'),
        ),
        migrations.AddIndex(
            model_name='name',
            index=models.Index(django.contrib.postgres.indexes.OpClass(models.F('name'), 'varchar_pattern_ops'), name='register_name_words'),
        ),
        migrations.AddIndex(
            model_name='name',
            index=models.Index(django.contrib.postgres.indexes.OpClass(models.F('trade'), 'varchar_pattern_ops'), name='register_name_trade'),
        ),
        migrations.AddIndex(
            model_name='name',
            index=models.Index(fields=['keyed'], name='register_name_keyed'),
        ),
        migrations.AddIndex(
            model_name='name',
            index=models.Index(condition=models.Q(('case_id__isnull', False)), fields=['case_id'], name='register_name_case'),
        ),
        migrations.AddConstraint(
            model_name='name',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'current')), fields=('entity',), name='register_one_current_name'),
        ),
        migrations.AddConstraint(
            model_name='name',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case_id__isnull', False), ('kind', 'reserved')), models.Q(('entity__isnull', False), ('kind__in', ['current', 'former'])), _connector='OR'), name='register_name_whose'),
        ),
        migrations.AlterField(
            model_name='version',
            name='kind',
            field=models.CharField(choices=[('establish', '设立登记'), ('change', '变更登记'), ('status', '登记状态变动'), ('correct', '更正'), ('annul', '撤销登记'), ('stop_name', '名称停止使用'), ('import', '历史数据导入'), ('generate', '演示数据')], max_length=12),
        ),
        Secure(
            "register_name",
            Open(reason="企业名称登记管理规定第十六条：申报人须能查询、比对", write="organ"),
        ),
    ]
