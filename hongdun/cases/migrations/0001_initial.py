import django.db.models.deletion
import django.utils.timezone
import hongdun.base.ids
from django.db import migrations, models

from hongdun.base.access import RANGE, Open, Scoped, Secure
from hongdun.cases.migrations import _sql as sql

THROUGH = {"organ": "organ", "share": "case_id", "through": "case_id"}
ACCESS = {
    "case": Scoped(organ="organ", person="person", share="id", extra=f"({RANGE.format(column='station')})"),
    "task": Scoped(**THROUGH),
    "notice": Scoped(**THROUGH),
    "recusal": Scoped(organ="organ", through="case_id"),
    "transfer": Scoped(organ="source", through="case_id", append_only=True),
    "proceduresetting": Open(reason="办事指南公开，办理方式对申请人公开", write="organ"),
}


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('org', '0001_initial'),
        ('parties', '0001_initial'),
        ('audit', '0001_initial'),
        ('outbox', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='受理编号')),
                ('procedure_code', models.CharField(max_length=60)),
                ('procedure_version', models.PositiveSmallIntegerField()),
                ('mode', models.CharField(choices=[('single', '独任登记'), ('pair', '一审一核'), ('three', '受理、审查、核准分设')], max_length=8, verbose_name='登记方式')),
                ('organ', models.IntegerField(verbose_name='办理机关')),
                ('station', models.IntegerField(null=True, verbose_name='承办所')),
                ('person', models.UUIDField(null=True, verbose_name='申请人')),
                ('entity', models.UUIDField(null=True, verbose_name='市场主体')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('data', models.JSONField(default=dict)),
                ('submission', models.UUIDField(unique=True, verbose_name='提交标识')),
                ('received', models.DateField(verbose_name='收到日期')),
                ('opened', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=30)),
                ('clock_rule', models.CharField(blank=True, max_length=60)),
                ('clock_start', models.DateField(null=True)),
                ('clock_days', models.SmallIntegerField(null=True)),
                ('clock_due', models.DateField(null=True)),
                ('clock_provisional', models.BooleanField(default=False)),
                ('clock_left', models.SmallIntegerField(null=True, verbose_name='暂停时剩余工作日')),
                ('extended', models.BooleanField(default=False)),
                ('acceptor', models.UUIDField(null=True)),
                ('examiner', models.UUIDField(null=True)),
                ('approver', models.UUIDField(null=True)),
                ('parent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organ', models.IntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='文号')),
                ('title', models.CharField(max_length=120)),
                ('body', models.JSONField(default=dict)),
                ('document', models.UUIDField(null=True)),
                ('at', models.DateTimeField()),
                ('sent', models.JSONField(default=dict)),
                ('read', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='ProcedureSetting',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organ', models.IntegerField()),
                ('procedure_code', models.CharField(max_length=60)),
                ('step', models.CharField(blank=True, max_length=40)),
                ('key', models.CharField(max_length=30)),
                ('value', models.JSONField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('basis', models.CharField(max_length=200, verbose_name='依据')),
            ],
            options={
                'indexes': [models.Index(fields=['organ', 'procedure_code', 'key', 'valid_from'], name='setting_lookup')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organ', models.IntegerField()),
                ('officer', models.UUIDField()),
                ('reason', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recusals', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organ', models.IntegerField()),
                ('step', models.CharField(max_length=40)),
                ('instance', models.CharField(blank=True, max_length=60)),
                ('role', models.CharField(max_length=20)),
                ('duty', models.CharField(blank=True, max_length=10)),
                ('opened', models.DateTimeField()),
                ('due', models.DateField(null=True)),
                ('due_rule', models.CharField(blank=True, max_length=60)),
                ('provisional', models.BooleanField(default=False)),
                ('escalated', models.DateTimeField(null=True)),
                ('assignee', models.UUIDField(null=True, verbose_name='指定经办人')),
                ('done', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=30)),
                ('done_by', models.UUIDField(null=True)),
                ('done_post', models.UUIDField(null=True)),
                ('done_name', models.CharField(blank=True, max_length=60)),
                ('opinion', models.TextField(blank=True)),
                ('data', models.JSONField(default=dict)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='cases.case')),
            ],
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.UUIDField(default=hongdun.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('source', models.IntegerField(verbose_name='移出机关')),
                ('target', models.IntegerField(verbose_name='移入机关')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('person', models.UUIDField()),
                ('post', models.UUIDField()),
                ('reason', models.CharField(max_length=500)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='transfers', to='cases.case')),
            ],
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['organ', '-opened'], name='case_organ_opened'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['title'], name='case_title'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('person__isnull', False)), fields=['person', '-opened'], name='case_person_opened'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('entity__isnull', False)), fields=['entity', '-opened'], name='case_entity_opened'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('mode', 'single'), ('examiner__isnull', True), ('approver__isnull', True), models.Q(('examiner', models.F('approver')), _negated=True), _connector='OR'), name='case_duties_apart'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('mode', 'three'), _negated=True), ('acceptor__isnull', True), models.Q(models.Q(('examiner__isnull', True), models.Q(('acceptor', models.F('examiner')), _negated=True), _connector='OR'), models.Q(('approver__isnull', True), models.Q(('acceptor', models.F('approver')), _negated=True), _connector='OR')), _connector='OR'), name='case_three_duties_apart'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(fields=['case', 'at'], name='notice_case_at'),
        ),
        migrations.AddConstraint(
            model_name='recusal',
            constraint=models.UniqueConstraint(fields=('case', 'officer'), name='recused_once'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('done__isnull', True)), fields=['organ', 'role', 'due', 'id'], name='task_work_list'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('done__isnull', True)), fields=['organ', 'due', 'id'], name='task_organ_due'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('done__isnull', True)), fields=['due', 'id'], name='task_due'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['case', 'opened'], name='task_case_opened'),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('done__isnull', False)), fields=['done_by', '-done'], name='task_done_by'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.UniqueConstraint(condition=models.Q(('done__isnull', True)), fields=('case', 'step', 'instance'), name='one_open_task_per_step'),
        ),
        migrations.AddIndex(
            model_name='transfer',
            index=models.Index(fields=['case', 'at'], name='transfer_case_at'),
        ),
        *[Secure(f"cases_{name}", access) for name, access in ACCESS.items()],
        migrations.RunSQL(sql.DUTIES, sql.DUTIES_BACK),
        migrations.RunSQL(sql.TRANSFER, sql.TRANSFER_BACK),
    ]
