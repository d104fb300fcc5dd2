import django.db.models.deletion
import hongdun.base.columns
from django.db import migrations, models

from hongdun.base.access import SYSTEM, Open, Scoped, Secure


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Consumer',
            fields=[
                ('name', models.TextField(primary_key=True, serialize=False, verbose_name='处理程序')),
                ('position', models.BigIntegerField(verbose_name='已处理到')),
            ],
            options={
                'verbose_name': '处理进度',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False, verbose_name='编号')),
                ('topic', models.TextField(verbose_name='主题')),
                ('body', models.JSONField(verbose_name='内容')),
                ('organ', models.IntegerField(null=True, verbose_name='机关')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('xid', hongdun.base.columns.XidField(db_default=hongdun.base.columns.CurrentXid(), editable=False, verbose_name='事务')),
            ],
            options={
                'verbose_name': '消息',
            },
        ),
        migrations.CreateModel(
            name='Failure',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False, verbose_name='编号')),
                ('consumer', models.TextField(verbose_name='处理程序')),
                ('position', models.BigIntegerField(verbose_name='消息序号')),
                ('message_id', models.UUIDField(verbose_name='消息')),
                ('attempts', models.IntegerField(verbose_name='次数')),
                ('error', models.TextField(verbose_name='错误')),
                ('first_at', models.DateTimeField(verbose_name='首次')),
                ('last_at', models.DateTimeField(verbose_name='最近')),
                ('retry_at', models.DateTimeField(verbose_name='下次')),
                ('parked_at', models.DateTimeField(null=True, verbose_name='搁置')),
            ],
            options={
                'verbose_name': '消息处理失败',
                'constraints': [models.UniqueConstraint(fields=('consumer', 'position'), name='outbox_failure_once')],
            },
        ),
        migrations.CreateModel(
            name='Position',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='序号')),
                ('message', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='place', to='outbox.message', verbose_name='消息')),
            ],
            options={
                'verbose_name': '消息序号',
            },
        ),
        Secure(
            "outbox_message", Scoped(organ="organ", append_only=True, insert="true", extra=f"({SYSTEM})")
        ),
        Secure(
            "outbox_position",
            Open(reason="只有序号和消息编号，没有内容", write="system", commands=("SELECT", "INSERT")),
        ),
        Secure("outbox_consumer", Open(reason="处理进度没有内容", write="system")),
        Secure("outbox_failure", Open(reason="只有处理程序、序号和错误，没有消息内容", write="system")),
    ]
