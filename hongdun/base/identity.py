"""Who vouches that an applicant is the person named: a national identity service, or nobody yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Vouched:
    """`by` is stored with the person and shown to officers."""

    by: str
    confirmed: bool


class IdentityProvider(Protocol):
    """Confirms name and number of a natural person; HONGDUN_IDENTITY_PROVIDER names the class in use.

    `words` tells people beforehand what the confirmation is worth.
    """

    words: str

    def confirm(self, *, name: str, id_number: str, phone: str) -> Vouched: ...


class SelfDeclared:
    """No service is connected: what the person states is shown as stated, never as verified."""

    words = "本人自报，未经核验"

    def confirm(self, *, name: str, id_number: str, phone: str) -> Vouched:  # noqa: ARG002 - the protocol's signature
        return Vouched(by="self_declared", confirmed=False)


def provider() -> IdentityProvider:
    return cast("IdentityProvider", import_string(settings.IDENTITY_PROVIDER)())
