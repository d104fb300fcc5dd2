"""Links and one-time codes, made from the row by the installation's key: nothing secret is stored or queued."""

from __future__ import annotations

import hmac
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core import signing

from hongdun.base.sealed import fingerprint

if TYPE_CHECKING:
    from hongdun.registration.models import Signature

SALT = "hongdun.registration.signing"
CODE_DIGITS = 6
LASTS = timedelta(days=7)
CODE_LASTS = timedelta(minutes=10)


def token(signature: Signature) -> str:
    return signing.Signer(salt=SALT, sep="~").sign(signature.pk.hex)


def read(text: str) -> UUID | None:
    """The row that a link is about; None of a link that isn't ours."""
    try:
        return UUID(signing.Signer(salt=SALT, sep="~").unsign(text))
    except (signing.BadSignature, ValueError):
        return None


def address(signature: Signature) -> str:
    return f"{settings.BASE_URL}/sign/{token(signature)}/"


def code(signature: Signature) -> str:
    """Six figures that hold for this row until its `code_until`."""
    until = signature.code_until.isoformat() if signature.code_until else ""
    return str(int(fingerprint(f"{signature.pk}:{until}", kind="signing_code"), 16) % 10**CODE_DIGITS).zfill(
        CODE_DIGITS
    )


def is_code(signature: Signature, typed: str) -> bool:
    return hmac.compare_digest(code(signature).encode(), typed.strip().encode())
