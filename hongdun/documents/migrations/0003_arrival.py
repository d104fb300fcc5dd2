from django.db import migrations, models

import hongdun.base.clock
import hongdun.base.ids
from hongdun.base.access import Personal, Secure


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_scan'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField(verbose_name='上传人')),
                ('purpose', models.CharField(max_length=120, verbose_name='用途')),
                ('mark', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('size', models.PositiveIntegerField(verbose_name='字节数')),
                ('got', models.PositiveIntegerField(default=0, verbose_name='已收字节')),
                ('started', models.DateTimeField(default=hongdun.base.clock.now, editable=False)),
            ],
            options={
                'verbose_name': '上传中的文件',
                'indexes': [models.Index(fields=['started'], name='arrival_started')],
                'constraints': [models.UniqueConstraint(fields=('person', 'purpose', 'mark'), name='arrival_once'), models.CheckConstraint(condition=models.Q(('got__lte', models.F('size'))), name='arrival_within_size')],
            },
        ),
        Secure("documents_arrival", Personal(person="person")),
    ]
