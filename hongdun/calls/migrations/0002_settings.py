import hongdun.base.clock
import hongdun.base.ids
from django.db import migrations, models

from hongdun.base.access import Open, Scoped, Secure

ROUTING = Open(reason="来电向公众开放的菜单、时间和提示语，没有个人信息", write="organ")


class Migration(migrations.Migration):

    dependencies = [
        ("calls", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="hours",
            name="closed",
            field=models.BooleanField(default=False, verbose_name="全天不接听"),
        ),
        migrations.AddField(
            model_name="callbackrequest",
            name="given_up",
            field=models.CharField(blank=True, max_length=200, verbose_name="不再回电的理由"),
        ),
        migrations.AddField(
            model_name="recording",
            name="capture",
            field=models.CharField(blank=True, default="", max_length=80),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="recording",
            constraint=models.UniqueConstraint(
                condition=models.Q(("capture", ""), _negated=True), fields=("call", "capture"), name="calls_recording_once"
            ),
        ),
        # Nothing ever wrote a row of it.
        migrations.DeleteModel(name="Prompt"),
        migrations.CreateModel(
            name="Prompt",
            fields=[
                ("id", models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organ", models.IntegerField(verbose_name="市局")),
                ("code", models.CharField(max_length=30, verbose_name="提示语")),
                ("text", models.CharField(max_length=300, verbose_name="内容")),
                ("sound", models.BinaryField(null=True, verbose_name="录音")),
                ("changed", models.DateTimeField(default=hongdun.base.clock.now, verbose_name="更改")),
            ],
            options={
                "verbose_name": "提示语",
                "ordering": ["organ", "code"],
                "constraints": [models.UniqueConstraint(fields=("organ", "code"), name="calls_prompt_one")],
            },
        ),
        Secure("calls_prompt", ROUTING),
        Secure(
            "calls_call",
            Scoped(
                organ="organ",
                extra=(
                    "serving BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int"
                    " OR case_id IS NOT NULL AND hd_case_visible(case_id)"
                ),
            ),
        ),
    ]
