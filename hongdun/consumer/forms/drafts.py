"""What a citizen has typed so far: kept sealed in the session, page by page, until it is sent once under one key."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import QueryDict

from hongdun.base import sealed
from hongdun.base.ids import uuid7
from hongdun.consumer.actions import Filing, Merchant, Sender
from hongdun.consumer.forms import web
from hongdun.consumer.forms.intake import platform_of
from hongdun.consumer.models import Kind
from hongdun.register import queries as register

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.sessions.backends.base import SessionBase

    from hongdun.consumer.forms.web import Page

PLACE = "consumer.draft"
NOT_KEPT = {"csrfmiddlewaretoken"}


class Draft:
    """`sent` is the contact that came of it; `follows` the one that it makes good."""

    def __init__(self, session: SessionBase) -> None:
        self._session = session
        kept = session.get(PLACE, "")
        data = json.loads(sealed.unseal(base64.b64decode(kept), place=PLACE)) if kept else {}
        self.key: str = data.get("key") or str(uuid7())
        self.pages: dict[str, dict[str, list[str]]] = data.get("pages", {})
        self.files: list[list[str]] = data.get("files", [])
        self.sent: str = data.get("sent", "")
        self.follows: str = data.get("follows", "")

    def save(self) -> None:
        text = json.dumps(
            {"key": self.key, "pages": self.pages, "files": self.files, "sent": self.sent, "follows": self.follows}
        )  # fmt: skip
        self._session[PLACE] = base64.b64encode(sealed.seal(text, place=PLACE)).decode()

    def start_anew(self) -> None:
        self.key, self.pages, self.files, self.sent, self.follows = str(uuid7()), {}, [], "", ""

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.pages.get(web.Kinds.code, {}).get("kinds", ()))

    @property
    def asked(self) -> list[type[Page]]:
        return web.asked(self.kinds)

    @property
    def sale_division(self) -> str:
        return self.pages.get(web.Whom.code, {}).get("sale_division", [""])[-1]

    @property
    def evidence(self) -> list[UUID]:
        return [UUID(key) for key, _ in self.files]

    def keep(self, code: str, posted: QueryDict) -> None:
        self.pages[code] = {name: values for name, values in posted.lists() if name not in NOT_KEPT}

    def form(self, page: type[Page]) -> Page:
        """As typed, and checked, if it was ever typed."""
        typed = self.pages.get(page.code)
        return page(kinds=self.kinds) if typed is None else page(_as_posted(typed), kinds=self.kinds)

    def missing(self) -> str:
        """The first page that isn't right yet, or nothing."""
        return next((page.code for page in self.asked if not self.form(page).is_valid()), "")

    def answers(self) -> dict[str, Any]:
        """Everything that was asked for, checked; only of a draft of which nothing is missing."""
        found: dict[str, Any] = {}
        for page in self.asked:
            form = self.form(page)
            form.is_valid()
            found |= form.cleaned_data
        return found

    def payload(self) -> str:
        typed = {page.code: self.pages[page.code] for page in self.asked}
        return json.dumps({"form": typed, "files": self.files}, ensure_ascii=False, sort_keys=True)


def _as_posted(typed: Mapping[str, list[str]]) -> QueryDict:
    posted = QueryDict(mutable=True)
    for name, values in typed.items():
        posted.setlist(name, values)
    return posted


def filing_of(given: Mapping[str, Any]) -> Filing:
    """A filing of what pages or programs gave under the names of the operator's page."""
    return Filing(
        kinds=frozenset(Kind(kind) for kind in given["kinds"]), sender=sender_of(given), merchant=_merchant(given),
        text=given["text"], report_text=given.get("report_text", ""), sale_division=given.get("sale_division", ""),
        claims=tuple(given.get("claims", ())), amount=given.get("amount"), bought=given.get("bought"),
        anonymous=given.get("anonymous", False), may_publish=not given.get("no_publish", False),
        may_entrust=given.get("may_entrust", False),
    )  # fmt: skip


def sender_of(given: Mapping[str, Any]) -> Sender:
    return Sender(given["sender_name"], given["sender_phone"], given["sender_address"])


def _merchant(given: Mapping[str, Any]) -> Merchant:
    code, platform = given.get("entity", ""), given.get("platform", "")
    entity = register.current(code) if code else None
    return Merchant(
        name=entity.name if entity else given.get("merchant", "").strip(),
        address=given.get("merchant_address", "") or (entity.address if entity else ""),
        phone=given.get("merchant_phone", ""), entity=entity.pk if entity else None,
        platform=platform_of(platform), platform_name=platform,
        shows_lawful_address=not given.get("no_address", False), reachable=not given.get("unreachable", False),
    )  # fmt: skip
