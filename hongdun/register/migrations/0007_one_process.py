from django.db import migrations

# A search reads a few hundred rows from all over the table: to start more processes for it takes longer than to read them.
ALONE = """
ALTER TABLE register_name SET (parallel_workers = 0);
ALTER TABLE register_wording SET (parallel_workers = 0);
"""
BACK = """
ALTER TABLE register_name RESET (parallel_workers);
ALTER TABLE register_wording RESET (parallel_workers);
"""


class Migration(migrations.Migration):

    dependencies = [("register", "0006_void_licences")]

    operations = [migrations.RunSQL(ALONE, BACK)]
