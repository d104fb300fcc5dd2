import hongdun.base.clock
import hongdun.base.ids
from django.db import migrations, models

from hongdun.base.access import Personal, Secure


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('person', models.UUIDField(verbose_name='申请人')),
                ('procedure_code', models.CharField(max_length=60)),
                ('data', models.JSONField(default=dict)),
                ('typed', models.JSONField(default=dict)),
                ('started', models.DateTimeField(default=hongdun.base.clock.now, editable=False)),
                ('updated', models.DateTimeField(auto_now=True)),
                ('case_number', models.CharField(blank=True, max_length=40, verbose_name='受理编号')),
                ('sent', models.DateTimeField(null=True, verbose_name='提交时间')),
            ],
            options={
                'verbose_name': '申请草稿',
                'indexes': [models.Index(fields=['person', '-updated'], name='draft_person_updated')],
            },
        ),
            Secure("registration_draft", Personal(person="person")),
    ]
