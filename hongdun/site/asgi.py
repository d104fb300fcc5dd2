"""The change stream's process: the feed, read through one connection, for thousands of listeners."""

from __future__ import annotations

import os
from pathlib import Path

import psycopg

from hongdun.exchange.queries.live import Live
from hongdun.exchange.views.stream import Stream
from hongdun.site import database

HOME = Path(os.environ.get("HONGDUN_HOME", "var")).resolve()


async def connect() -> psycopg.AsyncConnection:
    """As the role that serves; where the database is may change while the process lives."""
    place = database.settings(HOME, os.environ.get("DATABASE_URL", ""))
    return await psycopg.AsyncConnection.connect(
        dbname=place["NAME"],
        host=place["HOST"],
        port=place["PORT"],
        user=place["USER"],
        password=place["PASSWORD"],
        application_name="hongdun stream",
        autocommit=True,
        prepare_threshold=0,
    )


application = Stream(Live(connect), trusted_proxies=int(os.environ.get("HONGDUN_TRUSTED_PROXIES", "0")))
