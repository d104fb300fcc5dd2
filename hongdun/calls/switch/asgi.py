"""The call process as a server runs it: telephones, sound and browsers in one event loop."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path
from typing import Any

import django
from django.conf import settings

# This app and what it stands on: to load the whole product takes three times as long, and calls wait for it after a fall.
APPS = {
    "procrastinate.contrib.django", "hongdun.base", "hongdun.audit", "hongdun.outbox", "hongdun.law", "hongdun.org",
    "hongdun.parties", "hongdun.calls",
}  # fmt: skip
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hongdun.site.settings")
settings.INSTALLED_APPS = [app for app in settings.INSTALLED_APPS if app in APPS]
django.setup()

from hongdun.calls.gateway.builtin import Builtin, Wiring  # noqa: E402 - after setup
from hongdun.calls.gateway.digest import Login  # noqa: E402
from hongdun.calls.gateway.secure import Tls  # noqa: E402
from hongdun.calls.models import Operator, Prompt  # noqa: E402
from hongdun.calls.settings import Telephony, telephony  # noqa: E402
from hongdun.calls.switch import prompts  # noqa: E402
from hongdun.calls.switch.board import Switchboard  # noqa: E402
from hongdun.calls.switch.desk import Desk  # noqa: E402
from hongdun.calls.switch.floor import Floor  # noqa: E402
from hongdun.calls.switch.journal import Journal  # noqa: E402
from hongdun.calls.switch.server import Browsers  # noqa: E402

logger = logging.getLogger(__name__)


class Application:
    def __init__(self) -> None:
        told = telephony(settings.HONGDUN_PORT)
        self.folder = Path(settings.HONGDUN_HOME) / "prompts"
        self.browsers = Browsers()
        login = Login(told.user, _secret(told.secret_file), demanded=told.demanded)
        wiring = Wiring(
            told.sip, told.trunk, told.trusted, told.rtpengine, told.digits, told.number, login, _tls(told)
        )
        self.journal = Journal()
        self.floor = Floor(self.journal, self.browsers)
        self.board = Switchboard(
            Builtin(wiring, self.browsers), self.journal, self.floor, folder=self.folder, most=told.most
        )
        self.browsers.desk = Desk(self.board)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await self.browsers.serve(receive, send)
        else:
            await send({"type": "http.response.start", "status": 404, "headers": []})
            await send({"type": "http.response.body", "body": b""})

    async def _live(self, receive: Any, send: Any) -> None:
        assert (await receive())["type"] == "lifespan.startup"
        await self._open()
        await send({"type": "lifespan.startup.complete"})
        assert (await receive())["type"] == "lifespan.shutdown"
        await self._close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _open(self) -> None:
        for code in await asyncio.to_thread(prompts.make, self.folder):
            logger.warning("no voice: a tone stands for the prompt", extra={"prompt": code})
        self.journal.open()
        for prompt in await self.journal.write(self._missing_prompts):
            await asyncio.to_thread(prompts.make_own, self.folder, prompt)
        self.floor.open(await self.journal.write(lambda: list(Operator.objects.all())))
        await self.board.open()

    def _missing_prompts(self) -> list[Prompt]:
        """Without the sound of all those that are there: calls wait for this after a fall."""
        places = Prompt.objects.defer("text", "sound")
        missing = [each.pk for each in places if not prompts.own(self.folder, each).exists()]
        return list(Prompt.objects.filter(pk__in=missing)) if missing else []

    async def _close(self) -> None:
        self.floor.close()
        await self.board.close()
        await self.journal.close()


def _tls(told: Telephony) -> Tls | None:
    return Tls(told.tls_certificate, told.tls_key, told.tls_authority) if told.tls_certificate else None


def _secret(file: str) -> str:
    """In a file, as an environment is seen by too many."""
    return Path(file).read_text().strip() if file else ""


application = Application()
