"""A database of its own for a bench: built from the tests' template, worked on as the role that serves."""

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

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


@contextmanager
def database() -> Iterator[psycopg.Connection]:
    """Set Django up on a fresh database; yields a connection of the owner, for filling it."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hongdun.site.settings_test"
    os.environ.setdefault("HONGDUN_HOME", tempfile.mkdtemp(prefix="hongdun-bench-"))
    import django

    django.setup()
    from django.db import connection

    from tests import cluster

    with cluster.running() as access:
        name = f"bench_{os.getpid()}"
        cluster.create(access, name)
        connection.settings_dict |= {
            "NAME": name,
            "HOST": access["host"],
            "PORT": str(access["port"]),
            "USER": "hongdun_app",
            "PASSWORD": access["roles"]["app"],
        }
        try:
            with cluster.connect(access, name) as owner:
                yield owner
        finally:
            connection.close()
            cluster.drop(access, name)
