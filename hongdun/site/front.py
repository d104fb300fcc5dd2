"""The process that listens on HONGDUN_PORT: hot public reads by itself, all else by Django behind it."""

from __future__ import annotations

import os

import django
import uvloop

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hongdun.site.settings")
django.setup()

from django.conf import settings  # noqa: E402 - Django must stand first

from hongdun.base.front import server  # noqa: E402
from hongdun.base.front.token import token  # noqa: E402
from hongdun.base.front.upstream import Pool  # noqa: E402
from hongdun.base.pipe import Pipe  # noqa: E402
from hongdun.portal.lane.application import Lane  # noqa: E402


async def main() -> None:
    pool = Pool("127.0.0.1", settings.WEB_PORT, token().encode())
    await server.serve(server.Front(Lane(Pipe()), pool), "127.0.0.1", settings.HONGDUN_PORT)


if __name__ == "__main__":
    uvloop.run(main())
