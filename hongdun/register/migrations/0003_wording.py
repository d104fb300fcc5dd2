"""Pieces of addresses, scopes and people for search; `index-names` fills in those of entities that were there."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from hongdun.base.access import Open, Secure

LAW = "企业信息公示暂行条例第六条"
BY_ENTITY = "(SELECT e.organ FROM register_entity e WHERE e.id = register_wording.entity_id)"

ROWS = """
INSERT INTO register_wording (entity_id, keyed, address, scope, people)
SELECT id, 0, '{}', '{}', '{}' FROM register_entity
"""
# A sample as large as this one knows how common each usual pair of characters is: search chooses its way by that.
STATISTICS = """
ALTER TABLE register_name ALTER COLUMN grams SET STATISTICS 300;
ALTER TABLE register_wording ALTER COLUMN address SET STATISTICS 300;
ALTER TABLE register_wording ALTER COLUMN scope SET STATISTICS 300;
"""
# The server shows nobody under row security what it knows of a table's values; these are no secret.
SHARES = """
CREATE FUNCTION register_piece_shares() RETURNS TABLE (origin text, piece int, share real)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT s.attname::text, e.piece, e.share
    FROM pg_stats s, unnest(s.most_common_elems::text::int[], s.most_common_elem_freqs) AS e (piece, share)
    WHERE s.schemaname = 'public' AND (s.tablename, s.attname) IN (
        ('register_name', 'grams'), ('register_wording', 'address'), ('register_wording', 'scope'),
        ('register_wording', 'people'))
    AND e.piece IS NOT NULL AND e.share >= 0.0005
$$;
REVOKE ALL ON FUNCTION register_piece_shares() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION register_piece_shares() TO hongdun_app;
"""


class Migration(migrations.Migration):

    dependencies = [("register", "0002_names")]

    operations = [
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('entity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='wording', serialize=False, to='register.entity')),
                ('keyed', models.SmallIntegerField(default=0)),
                ('address', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('scope', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('people', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
            ],
            options={
                'verbose_name': '登记用语',
            },
        ),
        migrations.RunSQL(ROWS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name='wording',
            index=django.contrib.postgres.indexes.GinIndex(fields=['address', 'scope', 'people'], name='register_wording_pieces'),
        ),
        migrations.AddIndex(
            model_name='wording',
            index=models.Index(fields=['keyed'], name='register_wording_keyed'),
        ),
        migrations.AddIndex(
            model_name='name',
            index=models.Index(condition=models.Q(('kind', 'former')), fields=['id'], name='register_name_former'),
        ),
        migrations.RunSQL(STATISTICS, migrations.RunSQL.noop),
        migrations.RunSQL(SHARES, "DROP FUNCTION register_piece_shares()"),
        Secure("register_wording", Open(reason=LAW, write=BY_ENTITY)),
    ]
