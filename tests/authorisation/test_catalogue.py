"""Every table of the database is declared, and what is in force is what its model says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps

from hongdun.base import access

if TYPE_CHECKING:
    from django.db.models import Model
    from psycopg import Connection

# Tables that the serving role can't touch, or that belong to the job queue, which has no organ.
UNDECLARED = {"django_migrations", "django_content_type"}
QUEUE = "procrastinate_"

TABLES = """
SELECT relname, relrowsecurity AND relforcerowsecurity,
  has_table_privilege('hongdun_app', oid, 'SELECT, INSERT, UPDATE, DELETE')
FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
"""
VIEWS = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions::text LIKE '%security_invoker=%', false))
"""
POLICIES = """
SELECT policyname, cmd, roles::text, qual, with_check FROM pg_policies WHERE tablename = %s ORDER BY 1
"""
GRANTS = """
SELECT privilege_type FROM information_schema.role_table_grants
WHERE table_name = %s AND grantee = 'hongdun_app' ORDER BY 1
"""
MODELS = [m for m in apps.get_models() if m.__module__.startswith("hongdun.") and m._meta.managed]


def test_every_table_is_under_row_security(owner_sql: Connection) -> None:
    found = owner_sql.execute(TABLES).fetchall()
    bare = {name for name, secured, reachable in found if reachable and not secured}
    assert {name for name in bare - UNDECLARED if not name.startswith(QUEUE)} == set()


def test_no_view_reads_with_its_owners_rights(owner_sql: Connection) -> None:
    assert owner_sql.execute(VIEWS).fetchall() == []


def test_the_serving_role_owns_nothing_and_bypasses_nothing(owner_sql: Connection) -> None:
    owned = owner_sql.execute(
        "SELECT relname FROM pg_class c JOIN pg_roles r ON r.oid = relowner WHERE rolname = 'hongdun_app'"
    )
    assert owned.fetchall() == []
    role = owner_sql.execute(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'hongdun_app'"
    )
    assert role.fetchone() == (False, False, False, False)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_what_is_in_force_is_what_the_model_declares(model: type[Model], owner_sql: Connection) -> None:
    """A declaration changed without its migration would be a lock on paper only."""
    table = model._meta.db_table
    declared = getattr(model, "access", None)
    assert declared is not None, f"{model._meta.label} 没有 access 声明"
    in_force = _state(owner_sql, table)
    with owner_sql.transaction(force_rollback=True):
        for sql in [*access.drop_policies(table), *access.statements(table, declared)]:
            owner_sql.execute(sql)
        assert _state(owner_sql, table) == in_force


def _state(owner: Connection, table: str) -> tuple[object, ...]:
    return owner.execute(POLICIES, [table]).fetchall(), owner.execute(GRANTS, [table]).fetchall()
