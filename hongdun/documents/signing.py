"""Signing papers (PAdES, ETSI EN 319 142) and checking them.

A signer is named by the setting HONGDUN_SIGNER as a dotted path to a class with the protocol `Signer`. The
built-in one keeps P-256 keys in files. An authority whose seal is SM2 (GB/T 38540, 签名验签服务器) puts a
class here that asks its server for the PKCS#7/SM2 signature; nothing else in the platform changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from datetime import datetime

BUILT_IN = "hongdun.documents.pades.LocalKeys"


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """What a paper's signature proves; `problem` says in words why it can't be relied on."""

    signed: bool
    intact: bool
    trusted: bool
    specimen: bool
    signer: str = ""
    signed_at: datetime | None = None
    problem: str = ""

    @property
    def ok(self) -> bool:
        return self.signed and self.intact and self.trusted


class Signer(Protocol):
    @property
    def specimen(self) -> bool:
        """True as long as nothing but the built-in test certificate is there: then 样本 is printed."""

    def sign(self, pdf: bytes, *, reason: str, location: str, at: datetime) -> bytes:
        """`pdf` with one invisible signature over the whole of it, dated `at`."""


def signer() -> Signer:
    path = getattr(settings, "HONGDUN_SIGNER", BUILT_IN)
    return cast("Signer", import_string(path)())


def is_specimen() -> bool:
    return signer().specimen


def sign_pdf(pdf: bytes, *, reason: str, location: str, at: datetime) -> bytes:
    return signer().sign(pdf, reason=reason, location=location, at=at)


def verify_pdf(pdf: bytes) -> SignatureReport:
    """Check the last signature of `pdf` against the platform's own seals, as of the time it states.

    The stated time is the signer's own word: without a time-stamping authority nothing else vouches for it.
    """
    # Late: the libraries take a second and 12 MB that a process may never need.
    from hongdun.documents import pades

    return pades.verify(pdf)
