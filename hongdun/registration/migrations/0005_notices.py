import django.db.models.deletion
import hongdun.base.clock
import hongdun.base.ids
from django.db import migrations, models

from hongdun.base.access import Open, Scoped, Secure


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0004_ticket'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicNotice',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organ', models.IntegerField(verbose_name='登记机关')),
                ('case_id', models.UUIDField(unique=True, verbose_name='案件')),
                ('uscc', models.CharField(max_length=18, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=200, verbose_name='名称')),
                ('text', models.TextField(verbose_name='内容')),
                ('since', models.DateField(verbose_name='公示开始')),
                ('until', models.DateField(verbose_name='公示期最后一日')),
                ('state', models.CharField(choices=[('open', '公示中'), ('unopposed', '公示期满，没有异议'), ('opposed', '有人提出异议，已终止'), ('withdrawn', '已撤回')], default='open', max_length=12)),
            ],
            options={
                'verbose_name': '公示',
                'ordering': ['-since', '-id'],
                'indexes': [models.Index(fields=['-since', '-id'], name='notice_newest'), models.Index(fields=['uscc'], name='public_notice_uscc'), models.Index(condition=models.Q(('state', 'open')), fields=['until'], name='public_notice_open')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organ', models.IntegerField(verbose_name='登记机关')),
                ('case_id', models.UUIDField(db_index=True, verbose_name='案件')),
                ('person', models.UUIDField(verbose_name='异议人')),
                ('capacity', models.CharField(choices=[('creditor', '债权人'), ('employee', '职工'), ('investor', '投资人'), ('department', '有关部门'), ('other', '其他利害关系人')], max_length=12, verbose_name='身份')),
                ('text', models.TextField(verbose_name='异议内容')),
                ('at', models.DateTimeField(default=hongdun.base.clock.now, editable=False)),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='registration.publicnotice')),
            ],
            options={
                'verbose_name': '异议',
                'ordering': ['at'],
            },
        ),
        Secure(
            "registration_publicnotice",
            Open(reason="市场主体登记管理条例第三十三条：公示", write="organ", commands=("INSERT", "UPDATE")),
        ),
        Secure("registration_objection", Scoped(organ="organ", through="case_id")),
    ]
