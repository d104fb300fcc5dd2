from django.db import migrations, models

from hongdun.base.access import SYSTEM, Open, Scoped, Secure
from hongdun.base.columns import CurrentXid, XidField

TABLE = """
CREATE TABLE audit_event (
    id uuid NOT NULL,
    at timestamptz NOT NULL,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    person uuid,
    post uuid,
    actor_name text NOT NULL,
    organ integer,
    kind text NOT NULL,
    verb text NOT NULL,
    subject text NOT NULL,
    case_id uuid,
    reason text NOT NULL,
    data jsonb NOT NULL,
    request_id text NOT NULL,
    mac bytea NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX audit_event_case ON audit_event (case_id, at);
CREATE INDEX audit_event_organ ON audit_event (organ, at);
CREATE INDEX audit_event_person ON audit_event (person, at);
CREATE INDEX audit_event_subject ON audit_event (subject, at);
CREATE TABLE audit_event_rest PARTITION OF audit_event DEFAULT;
ALTER TABLE audit_event_rest ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
"""

# Months are Shanghai months. A row that came before its month existed waits in the rest and is moved.
EXTEND = """
CREATE FUNCTION hd_audit_extend(ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    this_month date := date_trunc('month', now() AT TIME ZONE 'Asia/Shanghai')::date;
    month date;
    part text;
    lower timestamptz;
    upper timestamptz;
    made integer := 0;
BEGIN
    FOR i IN -1..ahead LOOP
        month := this_month + make_interval(months => i);
        part := 'audit_event_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass('public.' || part) IS NOT NULL;
        lower := month::timestamp AT TIME ZONE 'Asia/Shanghai';
        upper := (month + interval '1 month') AT TIME ZONE 'Asia/Shanghai';
        EXECUTE format('CREATE TABLE public.%I (LIKE public.audit_event INCLUDING DEFAULTS)', part);
        EXECUTE format('WITH moved AS (DELETE FROM public.audit_event_rest WHERE at >= %L AND at < %L'
            ' RETURNING *) INSERT INTO public.%I SELECT * FROM moved', lower, upper, part);
        EXECUTE format('ALTER TABLE public.audit_event ATTACH PARTITION public.%I'
            ' FOR VALUES FROM (%L) TO (%L)', part, lower, upper);
        EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', part);
        EXECUTE format('REVOKE ALL ON public.%I FROM PUBLIC, hongdun_app', part);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION hd_audit_extend(integer) FROM PUBLIC;
SELECT hd_audit_extend(24);
"""

# plpgsql binds late: the table of cases is made by an app above this one. It runs with the reader's own rights.
CASE_VISIBLE = """
CREATE FUNCTION hd_case_visible(wanted uuid) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM cases_case WHERE id = wanted);
END $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.RunSQL(CASE_VISIBLE, "DROP FUNCTION hd_case_visible(uuid)"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLE, "DROP TABLE audit_event"),
                migrations.RunSQL(EXTEND, "DROP FUNCTION hd_audit_extend(integer)"),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Event",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "id", "at", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("id", models.UUIDField(verbose_name="编号")),
                        ("at", models.DateTimeField(verbose_name="时间")),
                        ("xid", XidField(db_default=CurrentXid(), editable=False, verbose_name="事务")),
                        ("person", models.UUIDField(null=True, verbose_name="自然人")),
                        ("post", models.UUIDField(null=True, verbose_name="岗位")),
                        ("actor_name", models.TextField(verbose_name="姓名")),
                        ("organ", models.IntegerField(null=True, verbose_name="机关")),
                        ("kind", models.TextField(verbose_name="身份")),
                        ("verb", models.TextField(verbose_name="动作")),
                        ("subject", models.TextField(verbose_name="对象")),
                        ("case_id", models.UUIDField(null=True, verbose_name="案件")),
                        ("reason", models.TextField(verbose_name="理由")),
                        ("data", models.JSONField(verbose_name="内容")),
                        ("request_id", models.TextField(verbose_name="请求编号")),
                        ("mac", models.BinaryField(verbose_name="校验码")),
                    ],
                    options={
                        "verbose_name": "审计事件",
                        "indexes": [
                            models.Index(fields=["case_id", "at"], name="audit_event_case"),
                            models.Index(fields=["organ", "at"], name="audit_event_organ"),
                            models.Index(fields=["person", "at"], name="audit_event_person"),
                            models.Index(fields=["subject", "at"], name="audit_event_subject"),
                        ],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "node", "n", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.IntegerField(verbose_name="节点机关")),
                ("n", models.BigIntegerField(verbose_name="序号")),
                ("first_at", models.DateTimeField(verbose_name="最早事件")),
                ("last_at", models.DateTimeField(verbose_name="最晚事件")),
                ("count", models.IntegerField(verbose_name="事件数")),
                ("root", models.BinaryField(verbose_name="树根")),
                ("prev", models.BinaryField(verbose_name="前一封存")),
                ("hash", models.BinaryField(verbose_name="散列")),
                ("at", models.DateTimeField(verbose_name="封存时间")),
            ],
            options={"verbose_name": "审计封存"},
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "node", "seal", "ordinal", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("node", models.IntegerField(verbose_name="节点机关")),
                ("seal", models.BigIntegerField(verbose_name="封存序号")),
                ("ordinal", models.IntegerField(verbose_name="位次")),
                ("event_id", models.UUIDField(verbose_name="事件")),
                ("event_at", models.DateTimeField(verbose_name="事件时间")),
                ("hash", models.BinaryField(verbose_name="叶散列")),
            ],
            options={
                "verbose_name": "封存叶",
                "constraints": [
                    models.UniqueConstraint(fields=["event_id", "event_at"], name="audit_leaf_event")
                ],
            },
        ),
        Secure(
            "audit_seal",
            Open(reason="封存值只含散列，供任何人核对", write="system", commands=("SELECT", "INSERT")),
        ),
        Secure(
            "audit_leaf",
            Open(reason="封存值只含散列，供任何人核对", write="system", commands=("SELECT", "INSERT")),
        ),
        Secure(
            "audit_event",
            Scoped(
                organ="organ",
                person="person",
                append_only=True,
                insert="true",
                extra=f"({SYSTEM}) OR (case_id IS NOT NULL AND hd_case_visible(case_id))",
            ),
        ),
    ]
