"""Databases of its own for a bench: built from the tests' template, worked on as the role that serves."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg
    from django.db.backends.base.base import BaseDatabaseWrapper

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


class Place:
    """One database: `owner` fills it, `use()` makes it the one that Django works on."""

    def __init__(self, owner: psycopg.Connection, wrapper: BaseDatabaseWrapper) -> None:
        self.owner, self.wrapper = owner, wrapper

    def use(self) -> None:
        from django.db import connections

        connections["default"] = self.wrapper


@contextmanager
def database(label: str = "one") -> Iterator[Place]:
    """Set Django up on a fresh database; several may be open under different labels."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hongdun.site.settings_test"
    os.environ.setdefault("HONGDUN_HOME", tempfile.mkdtemp(prefix="hongdun-bench-"))
    import django

    django.setup()
    from django.db import connections

    from tests import cluster

    with cluster.running() as access:
        name = f"bench_{os.getpid()}_{label}"
        cluster.create(access, name)
        wrapper = connections.create_connection("default")
        wrapper.settings_dict = wrapper.settings_dict | {
            "NAME": name,
            "HOST": access["host"],
            "PORT": str(access["port"]),
            "USER": "hongdun_app",
            "PASSWORD": access["roles"]["app"],
        }
        try:
            with cluster.connect(access, name) as owner:
                place = Place(owner, wrapper)
                place.use()
                yield place
        finally:
            wrapper.close()
            cluster.drop(access, name)
