import django.db.models.deletion
import hongdun.base.ids
from django.db import migrations, models

from hongdun.base.access import Open, Secure


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0006_void_licences'),
        ('registration', '0007_conflicts'),
    ]

    operations = [
        migrations.AddField(
            model_name='decreasenotice',
            name='basis',
            field=models.CharField(choices=[('general', '一般减资（公司法第二百二十四条）'), ('loss', '弥补亏损（公司法第二百二十五条）')], default='general', max_length=8, verbose_name='减资方式'),
        ),
        migrations.CreateModel(
            name='LiquidationNotice',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField(unique=True, verbose_name='案件')),
                ('founded', models.DateField(verbose_name='清算组成立')),
                ('head', models.CharField(max_length=60, verbose_name='清算组负责人')),
                ('members', models.CharField(max_length=300, verbose_name='清算组成员')),
                ('contact', models.CharField(max_length=200, verbose_name='债权申报联系方式')),
                ('published', models.DateField(verbose_name='公告日期')),
                ('until', models.DateField(verbose_name='申报期届满')),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='liquidation_notices', to='register.entity')),
            ],
            options={
                'verbose_name': '清算组和债权人公告',
                'indexes': [models.Index(fields=['entity', 'published'], name='liquidation_entity'), models.Index(fields=['-published', '-id'], name='liquidation_newest')],
            },
        ),
        Secure("registration_liquidationnotice", Open(reason="市场主体登记管理条例第三十二条：清算组公告", write="system")),
    ]
