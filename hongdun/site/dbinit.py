"""The one script that needs a superuser: roles, database, schema rights. For psql, safe to repeat."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping

LOGINS = ("owner", "app", "backup", "repl")
SCRAM_ROUNDS = 4096

ATTRIBUTES = {
    "owner": "LOGIN BYPASSRLS REPLICATION NOSUPERUSER NOCREATEROLE",
    "app": "LOGIN NOBYPASSRLS NOREPLICATION NOSUPERUSER NOCREATEROLE NOCREATEDB",
    "backup": "LOGIN BYPASSRLS NOREPLICATION NOSUPERUSER NOCREATEROLE NOCREATEDB",
    "repl": "LOGIN REPLICATION NOBYPASSRLS NOSUPERUSER NOCREATEROLE NOCREATEDB",
    "transfer": "NOLOGIN BYPASSRLS NOREPLICATION NOSUPERUSER NOCREATEROLE NOCREATEDB",
}


def new_passwords() -> dict[str, str]:
    return {role: secrets.token_urlsafe(24) for role in LOGINS}


def sql(passwords: Mapping[str, str], *, database: str = "hongdun", tests: bool = False) -> str:
    """`passwords` by short role name. With `tests` the owner may create the databases that tests run in."""
    roles = "\n".join(_role(name, attributes, passwords) for name, attributes in ATTRIBUTES.items())
    return f"""\\set ON_ERROR_STOP on
SET client_min_messages = warning;
{roles}
ALTER ROLE hongdun_owner {"CREATEDB" if tests else "NOCREATEDB"};
GRANT pg_read_all_data TO hongdun_backup;
-- The owner hands the function that moves rows between organs to this role; nobody can log in as it.
GRANT hongdun_transfer TO hongdun_owner;
SELECT 'CREATE DATABASE {database} OWNER hongdun_owner TEMPLATE template0 ENCODING ''UTF8'''
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{database}') \\gexec
ALTER DATABASE {database} OWNER TO hongdun_owner;
ALTER DATABASE {database} SET timezone = 'Asia/Shanghai';
REVOKE ALL ON DATABASE {database} FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE {database} TO hongdun_app;
GRANT CONNECT ON DATABASE {database} TO hongdun_backup, hongdun_repl;
\\connect {database}
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS btree_gist;
ALTER SCHEMA public OWNER TO hongdun_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO hongdun_app, hongdun_backup, hongdun_repl, hongdun_transfer;
"""  # noqa: S608 - names from this module only


def _role(name: str, attributes: str, passwords: Mapping[str, str]) -> str:
    secret = f" PASSWORD '{verifier(passwords[name])}'" if name in passwords else ""
    return (
        f"SELECT 'CREATE ROLE hongdun_{name}' "  # noqa: S608 - names from this module only
        f"WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'hongdun_{name}') \\gexec\n"
        f"ALTER ROLE hongdun_{name} {attributes}{secret};"
    )


def verifier(password: str) -> str:
    """The form PostgreSQL stores (RFC 5803), so that no log of the server ever holds the password."""
    salt = secrets.token_bytes(16)
    salted = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, SCRAM_ROUNDS)
    stored = hashlib.sha256(hmac.digest(salted, b"Client Key", "sha256")).digest()
    server = hmac.digest(salted, b"Server Key", "sha256")
    salt64, stored64, server64 = (base64.b64encode(part).decode() for part in (salt, stored, server))
    return f"SCRAM-SHA-256${SCRAM_ROUNDS}:{salt64}${stored64}:{server64}"
