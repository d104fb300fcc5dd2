"""The process that listens on HONGDUN_PORT: hot public reads by itself, all else by Django behind it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import django
import uvloop

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hongdun.site.settings")
django.setup()

from django.apps import apps  # noqa: E402 - Django must stand first

from hongdun.base.front import server  # noqa: E402
from hongdun.base.front.exchange import Nothing  # noqa: E402
from hongdun.base.front.token import token  # noqa: E402
from hongdun.base.front.upstream import Pool  # noqa: E402
from hongdun.site.run import instance as instances  # noqa: E402

if TYPE_CHECKING:
    from hongdun.base.front.exchange import Ahead

HERE = "127.0.0.1"


async def main() -> None:
    instance = instances.current()
    pool = Pool(HERE, instance.web_port, token().encode())
    await server.serve(server.Front(_ahead(), pool), HERE, instance.port)


def _ahead() -> Ahead:
    if not apps.is_installed("hongdun.portal"):
        return Nothing()
    from hongdun.base.pipe import Pipe
    from hongdun.portal.lane.application import Lane

    return Lane(Pipe())


if __name__ == "__main__":
    uvloop.run(main())
