"""Every table says who may read and write its rows; a migration turns the words into row-level security."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

APP = "hongdun_app"
RANGE = "{column} BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int"
OWN = "{column} = nullif(current_setting('hd.person', true), '')::uuid"
# EXISTS on one key rather than IN over all visible cases: a hashed IN would read every case once.
SHARED = (
    'EXISTS (SELECT 1 FROM org_caseshare s WHERE s.case_id = "{table}".{column} AND s.organ_id'
    " BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int"
    " AND (s.until IS NULL OR s.until > now()))"
)
THROUGH_CASE = 'EXISTS (SELECT 1 FROM cases_case c WHERE c.id = "{table}".{column})'
INVOLVED = (
    'EXISTS (SELECT 1 FROM parties_involvement i WHERE i.person_id = "{table}".{column} AND i.organ_id'
    " BETWEEN current_setting('hd.lo')::int AND current_setting('hd.hi')::int)"
)
SYSTEM = "current_setting('hd.lo')::int = 0 AND current_setting('hd.hi')::int = 2147483647"
Command = Literal["SELECT", "INSERT", "UPDATE", "DELETE"]
ALL: tuple[Command, ...] = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True, slots=True)
class Scoped:
    """Rows of an organ: seen in its range, by the person they belong to, and through a shared case."""

    organ: str = "organ_id"
    person: str = ""
    share: str = ""
    through: str = ""
    append_only: bool = False
    extra: str = ""
    insert: str = ""  # condition of INSERT where it differs from that of reading

    def policies(self, table: str) -> dict[Command, str]:
        """SQL condition of each command; a command without one is not granted at all."""
        terms = [RANGE.format(column=self.organ)] if self.organ else []
        terms += [OWN.format(column=self.person)] if self.person else []
        terms += [SHARED.format(table=table, column=self.share)] if self.share else []
        terms += [THROUGH_CASE.format(table=table, column=self.through)] if self.through else []
        terms += [self.extra] if self.extra else []
        condition = " OR ".join(terms)
        commands: tuple[Command, ...] = ("SELECT", "INSERT") if self.append_only else ALL
        return dict.fromkeys(commands, condition) | ({"INSERT": self.insert} if self.insert else {})


@dataclass(frozen=True, slots=True)
class Personal:
    """Rows of one person outside: seen by that person, and by the officers who handle a case of theirs."""

    person: str = "person_id"
    organ: str = ""
    involved: bool = False

    def policies(self, table: str) -> dict[Command, str]:
        terms = [OWN.format(column=self.person)]
        terms += [RANGE.format(column=self.organ)] if self.organ else []
        if self.involved:
            terms.append(INVOLVED.format(table=table, column=self.person))
        condition = " OR ".join([*terms, SYSTEM])
        return dict.fromkeys(ALL, condition)


@dataclass(frozen=True, slots=True)
class Open:
    """Readable by anyone, for the reason given; who may write is said apart.

    `write`: "owner" (only at set-up and by the owner), "system" (a job's system scope), "anyone" (sessions),
    "insert" (append-only by anyone), or the name of an organ column whose range is checked.
    `policies_off`: no row security at all, only grants; for a package that reads the detail of a unique
    violation, which PostgreSQL withholds under row security.
    """

    reason: str
    write: str = "owner"
    commands: tuple[Command, ...] = field(default=ALL)
    policies_off: bool = False

    def policies(self, table: str) -> dict[Command, str]:  # noqa: ARG002 - same call for all three
        rules: dict[Command, str] = {"SELECT": "true"}
        if self.write == "owner":
            return rules
        if self.write == "insert":
            return rules | {"INSERT": "true"}
        condition = {"anyone": "true", "system": SYSTEM}.get(self.write) or RANGE.format(column=self.write)
        return rules | {c: condition for c in self.commands if c != "SELECT"}


Access = Scoped | Personal | Open


# Who may write a row may still not give it away: WITH CHECK can't compare the old organ with the new one,
# and a row seen through its person, its station or a share passes it whatever the organ.
ORGAN_STAYS = """
CREATE OR REPLACE FUNCTION hd_organ_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  RAISE EXCEPTION '% changes its organ by transfer only (row-level security)', TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END $$
"""


def _keep_organ(table: str, access: Access) -> list[str]:
    if not isinstance(access, Scoped) or not access.organ or access.append_only:
        return []
    changed = f"OLD.{access.organ} IS NOT NULL AND NEW.{access.organ} IS DISTINCT FROM OLD.{access.organ}"
    return [
        ORGAN_STAYS,
        (
            f'CREATE OR REPLACE TRIGGER hd_organ_stays BEFORE UPDATE OF {access.organ} ON "{table}" FOR EACH ROW'
            f" WHEN ({changed} AND current_user = '{APP}') EXECUTE FUNCTION hd_organ_stays()"
        ),
    ]


def statements(table: str, access: Access) -> list[str]:
    """SQL that puts `access` in force on `table`, also for the table's owner (FORCE)."""
    off = isinstance(access, Open) and access.policies_off
    sql = [
        f'ALTER TABLE "{table}" {"DISABLE" if off else "ENABLE"} ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" {"NO FORCE" if off else "FORCE"} ROW LEVEL SECURITY',
        f'REVOKE ALL ON "{table}" FROM {APP}',
    ]
    for command, condition in access.policies(table).items():
        if not off:
            sql.append(_policy(table, command, condition))
        sql.append(f'GRANT {command} ON "{table}" TO {APP}')
    return sql + _keep_organ(table, access)


def _policy(table: str, command: Command, condition: str) -> str:
    clause = {
        "SELECT": f"USING ({condition})",
        "INSERT": f"WITH CHECK ({condition})",
        "UPDATE": f"USING ({condition}) WITH CHECK ({condition})",
        "DELETE": f"USING ({condition})",
    }[command]
    return f'CREATE POLICY hd_{command.lower()} ON "{table}" FOR {command} TO {APP} {clause}'


class Secure(Operation):
    """Migration operation: put the declared access of one table in force; run again, it replaces it."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str, access: Access) -> None:
        self.table, self.access = table, access

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Row security is no part of Django's model state."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002 - Django's signature
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        for sql in [*drop_policies(self.table), *statements(self.table, self.access)]:
            schema_editor.execute(sql, params=None)  # a policy may hold a percent sign

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        for sql in drop_policies(self.table):
            schema_editor.execute(sql, params=None)  # a policy may hold a percent sign
        schema_editor.execute(f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY')

    def describe(self) -> str:
        return f"Row security of {self.table}"


def drop_policies(table: str) -> list[str]:
    return [f'DROP POLICY IF EXISTS hd_{command.lower()} ON "{table}"' for command in ALL]
