from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("register", "0005_family_member")]

    operations = [
        migrations.AlterField(
            model_name="licence",
            name="state",
            field=models.CharField(
                choices=[
                    ("valid", "有效"),
                    ("superseded", "已换发"),
                    ("lost", "已声明遗失作废"),
                    ("surrendered", "已缴回"),
                    ("revoked", "已吊销"),
                    ("void", "未缴回，已公告作废"),
                ],
                default="valid",
                max_length=12,
            ),
        ),
    ]
