"""The database is built as its owner; every test body runs as the role that serves, under row security."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from psycopg import sql

from hongdun.base import wire
from tests import cluster

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.plugin import DjangoDbBlocker

    from hongdun.site.run.database import Access

KEPT = {"django_migrations", "django_content_type", "org_organ"}
KEPT_PREFIXES = ("law_", "library_answer")
TABLES = (
    "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
    " AND relnamespace = 'public'::regnamespace"
)
# How fast an example runs says something of the machine, nothing of the code; what fails in CI has to fail again.
hypothesis.register_profile(
    "hongdun",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    derandomize="CI" in os.environ,
)
hypothesis.load_profile("hongdun")
SHARED = cluster.ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def database_access() -> Iterator[Access]:
    with cluster.running() as access:
        yield access


@pytest.fixture(scope="session")
def django_db_setup(database_access: Access, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    name = f"test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
    cluster.create(database_access, name)
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict |= {
            "NAME": name,
            "HOST": database_access["host"],
            "PORT": str(database_access["port"]),
            "USER": "hongdun_app",
            "PASSWORD": database_access["roles"]["app"],
        }
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolbypassrls OR rolsuper FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False,), (
                "the suite must not run as a role that bypasses row security"
            )
        yield
        connection.close()
        wire.hang_up()
    cluster.drop(database_access, name)


@pytest.fixture(scope="session")
def owner_sql(database_access: Access, django_db_setup: None) -> Iterator[cluster.psycopg.Connection]:
    """A connection of the owner to the test database, for tampering and for flushing."""
    with cluster.connect(database_access, connection.settings_dict["NAME"]) as owner:
        yield owner


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What is built on this stays for all tests of a file, each of which takes back only what it did itself."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True, scope="session")
def _flush_as_owner(request: pytest.FixtureRequest) -> None:
    """Transactional tests end with TRUNCATE, which only the owner may do; reference data stays."""

    def teardown(self: TransactionTestCase) -> None:
        owner = request.getfixturevalue("owner_sql")
        connection.close()
        names = [name for (name,) in owner.execute(TABLES)]
        doomed = [n for n in names if n not in KEPT and not n.startswith(KEPT_PREFIXES)]
        owner.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, doomed))))

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real register entries, laws and codes beside the project; tests on it run where it is."""
    return SHARED


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    _leave_out_shared(config, items)
    _put_dearest_first(items)


def _put_dearest_first(items: list[pytest.Item]) -> None:
    """Files with a browser, then those of whole filings, then the rest; long files before short ones.

    Two processes share the files, so what is dear and begun last would leave one of them waiting for the other.
    """
    ranks: dict[Path, tuple[int, int]] = {}
    for item in items:
        rank = 0 if item.get_closest_marker("browser") else 1 if item.get_closest_marker("slow") else 2
        ranks[item.path] = min(ranks.get(item.path, (3, 0)), (rank, -item.path.stat().st_size))
    items.sort(key=lambda item: ranks[item.path])


def _leave_out_shared(config: pytest.Config, items: list[pytest.Item]) -> None:
    if SHARED.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("shared")]
    if left_out:
        items[:] = [item for item in items if not item.get_closest_marker("shared")]
        config.hook.pytest_deselected(items=left_out)
        print(f"\n!!! 参考数据目录 {SHARED} 不存在，略去 {len(left_out)} 项使用真实登记数据的测试 !!!\n")  # noqa: T201 - said loudly
