from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', "0009_licences"),
    ]

    operations = [
        migrations.AlterField(
            model_name='condition',
            name='test',
            field=models.CharField(choices=[('is', '是'), ('most', '不超过'), ('least', '不少于'), ('in', '属于'), ('within', '只有')], max_length=8, verbose_name='比较'),
        ),
    ]
