"""What PostgreSQL enforces is what the code declares: read from its catalogue, table by table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps

from hongdun.base.access import APP, Access, Open, statements
from hongdun.base.thirdparty import SEQUENCES, THIRD_PARTY

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg

pytestmark = pytest.mark.db15
PUBLIC = "relnamespace = 'public'::regnamespace"
# Written by the owner alone, so the app needs no right on their sequences.
OWNER_SEQUENCES = {"django_content_type_id_seq", "django_migrations_id_seq"}


def declared() -> dict[str, Access]:
    """Access of every table that the code knows."""
    models = [model for model in apps.get_models(include_auto_created=True) if hasattr(model, "access")]
    return {model._meta.db_table: model.access for model in models} | THIRD_PARTY


def column(owner: psycopg.Connection, sql: str, *params: Any) -> list[Any]:
    return [row[0] for row in owner.execute(sql, params or None).fetchall()]


def enforced(owner: psycopg.Connection) -> dict[str, list[Any]]:
    """Policies and the app's rights of every table, as the catalogue spells them."""
    rules = owner.execute(
        "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies"
        " WHERE schemaname = 'public' ORDER BY 1, 2"
    ).fetchall()
    rights = owner.execute(
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_schema = 'public' AND grantee IN (%s, 'PUBLIC') ORDER BY 1, 2",
        [APP],
    ).fetchall()
    found: dict[str, list[Any]] = {}
    for table, *rest in [*rules, *rights]:
        found.setdefault(table, []).append(tuple(rest))
    return found


def test_every_model_declares_who_may_use_it() -> None:
    silent = [model._meta.label for model in apps.get_models() if not hasattr(model, "access")]
    assert [
        name for name in silent if not name.startswith(("procrastinate", "sessions", "contenttypes"))
    ] == []


def test_every_table_is_declared(owner_sql: psycopg.Connection) -> None:
    tables = column(
        owner_sql,
        f"SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition AND {PUBLIC}",
    )
    assert set(tables) == set(declared())


def test_row_security_is_on_and_forced_everywhere(owner_sql: psycopg.Connection) -> None:
    off = column(
        owner_sql,
        f"SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND {PUBLIC}"
        " AND NOT (relrowsecurity AND relforcerowsecurity)",
    )
    assert off == [
        name for name, access in declared().items() if isinstance(access, Open) and access.policies_off
    ]


def test_what_is_enforced_is_what_is_declared(owner_sql: psycopg.Connection) -> None:
    """Declare all anew in a transaction that is undone: nothing may change."""
    before = enforced(owner_sql)
    drops = column(owner_sql, "SELECT format('DROP POLICY %I ON %I', policyname, tablename) FROM pg_policies")
    with owner_sql.transaction(force_rollback=True):
        for sql in drops:
            owner_sql.execute(sql)
        for table, access in declared().items():
            for sql in statements(table, access):
                owner_sql.execute(sql)
        after = enforced(owner_sql)
    different = {t: (before.get(t), after.get(t)) for t in {*before, *after} if before.get(t) != after.get(t)}
    assert different == {}


def test_partitions_are_reached_through_their_parent_only(owner_sql: psycopg.Connection) -> None:
    open_ = column(
        owner_sql,
        f"SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' AND {PUBLIC}"
        " AND has_table_privilege(%s, oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')",
        APP,
    )
    assert open_ == []


def test_views_run_with_the_rights_of_the_reader(owner_sql: psycopg.Connection) -> None:
    leaking = column(
        owner_sql,
        f"SELECT relname FROM pg_class WHERE relkind = 'v' AND {PUBLIC}"
        " AND NOT coalesce(reloptions, '{}') && ARRAY['security_invoker=true', 'security_invoker=on']",
    )
    assert leaking == []


def test_materialised_views_hold_open_tables_only(owner_sql: psycopg.Connection) -> None:
    sources = column(
        owner_sql,
        "SELECT DISTINCT s.relname FROM pg_class m JOIN pg_rewrite r ON r.ev_class = m.oid"
        " JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid"
        " AND d.refclassid = 'pg_class'::regclass JOIN pg_class s ON s.oid = d.refobjid AND s.oid <> m.oid"
        " WHERE m.relkind = 'm'",
    )
    assert [name for name in sources if not isinstance(declared().get(name), Open)] == []


def test_the_app_owns_nothing(owner_sql: psycopg.Connection) -> None:
    owned = column(
        owner_sql,
        "SELECT classid::regclass || ' ' || objid FROM pg_shdepend"
        " WHERE refobjid = %s::regrole AND deptype = 'o'",
        APP,
    )
    assert owned == []


def test_the_app_cannot_get_round_row_security(owner_sql: psycopg.Connection) -> None:
    mighty = column(
        owner_sql,
        "SELECT rolname FROM pg_roles WHERE pg_has_role(%s, oid, 'MEMBER')"
        " AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolname <> %s)",
        APP,
        APP,
    )
    assert mighty == []


# The server hides from everybody under row security how common values are; the owner tells, and tells no rows.
READ_STATISTICS = {"register_piece_shares"}


def test_functions_that_lend_rights_have_a_fixed_search_path(owner_sql: psycopg.Connection) -> None:
    lending = owner_sql.execute(
        "SELECT proname, pg_get_userbyid(proowner), coalesce(proconfig::text, '') FROM pg_proc"
        " WHERE prosecdef AND pronamespace = 'public'::regnamespace"
    ).fetchall()
    loose = [
        name
        for name, owner, config in lending
        if "search_path=" not in config or (owner != "hongdun_transfer" and name not in READ_STATISTICS)
    ]
    assert loose == []


def test_numbered_keys_stay_on_their_node(owner_sql: psycopg.Connection) -> None:
    """Tables that replicate have UUID keys: a sequence would give the same number on two nodes."""
    sequences = column(owner_sql, f"SELECT relname FROM pg_class WHERE relkind = 'S' AND {PUBLIC}")
    assert set(sequences) == {*SEQUENCES, *OWNER_SEQUENCES}


@pytest.mark.parametrize(
    ("sabotage", "notices"),
    [
        ("CREATE TABLE forgotten (id int)", test_every_table_is_declared),
        ("ALTER TABLE audit_seal NO FORCE ROW LEVEL SECURITY", test_row_security_is_on_and_forced_everywhere),
        ("ALTER POLICY hd_select ON audit_event USING (true)", test_what_is_enforced_is_what_is_declared),
        ("CREATE POLICY more ON audit_event USING (true)", test_what_is_enforced_is_what_is_declared),
        (f"GRANT DELETE ON audit_event TO {APP}", test_what_is_enforced_is_what_is_declared),
        ("GRANT SELECT ON audit_event_rest TO PUBLIC", test_partitions_are_reached_through_their_parent_only),
        ("CREATE VIEW leak AS SELECT * FROM audit_event", test_views_run_with_the_rights_of_the_reader),
        (
            "CREATE MATERIALIZED VIEW leak AS SELECT * FROM audit_event",
            test_materialised_views_hold_open_tables_only,
        ),
        (
            "CREATE FUNCTION lend() RETURNS int SECURITY DEFINER LANGUAGE sql AS 'SELECT 1'",
            test_functions_that_lend_rights_have_a_fixed_search_path,
        ),
        ("CREATE SEQUENCE one_more", test_numbered_keys_stay_on_their_node),
    ],
)
def test_the_tests_above_notice(
    owner_sql: psycopg.Connection, sabotage: str, notices: Callable[[psycopg.Connection], None]
) -> None:
    with owner_sql.transaction(force_rollback=True):
        owner_sql.execute(sabotage)
        with pytest.raises(AssertionError):
            notices(owner_sql)
