from django.db import migrations

from hongdun.cases.migrations import _sql as sql


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(sql.ROUTE, sql.ROUTE_BACK),
    ]
