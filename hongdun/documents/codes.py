"""The licence's QR code: what was true at issue, signed, so that it can be checked without a line.

COSE_Sign1 (RFC 9052) with Ed25519 over a short CBOR array, in base64url because it travels in an address.
Kept small on purpose: the code must be readable from a creased photocopy. 130 bytes make a QR code of
version 10 (57 × 57) behind a usual host name, 0.49 mm a module on the duplicate.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

import cbor2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cwt import COSE, COSEKey, CWTError

from hongdun.documents import places
from hongdun.documents.errors import BadToken

if TYPE_CHECKING:
    from pathlib import Path

    from cwt.cose_key_interface import COSEKeyInterface

FORMAT = 1
KEY_ID = 4
EPOCH = date(2000, 1, 1)
COPIES: tuple[Literal["original", "duplicate"], ...] = ("original", "duplicate")
UNREADABLE = (cbor2.CBORDecodeError, ValueError, LookupError, TypeError, AttributeError, OSError)
TOKEN = re.compile(r"[A-Za-z0-9_-]{100,600}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a licence code states. `version` is the register's licence version: a later one supersedes it."""

    uscc: str
    serial: str
    issued: date
    copy: Literal["original", "duplicate"]
    version: int
    organ: int


def licence_token(claims: Claims) -> str:
    """Signed code of one licence sheet; the same claims under the same key give the same code."""
    payload = [
        FORMAT,
        claims.uscc,
        claims.serial,
        (claims.issued - EPOCH).days,
        COPIES.index(claims.copy),
        claims.version,
        claims.organ,
    ]
    folder = _folder()
    key = _signing_key(folder, (folder / "signing.pem").stat().st_mtime_ns)
    cose = COSE.new(alg_auto_inclusion=True, kid_auto_inclusion=True, deterministic_header=True)
    return _text(cose.encode(cbor2.dumps(payload), key))


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def licence_url(base: str, claims: Claims) -> str:
    """Address for the QR code; `base` is scheme and host."""
    return f"{base.rstrip('/')}/verify/{licence_token(claims)}"


def verify_token(token: str) -> Claims:
    """Claims of a code that this platform signed; raises BadToken otherwise.

    Says only what was true at issue: compare `version` and the status with the register for today's answer.
    """
    if not TOKEN.fullmatch(token):
        raise BadToken("验证码不完整。请重新扫描执照上的二维码，不要手工截取网址。")
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        if _text(data) != token:
            raise ValueError("spare bits are set")
        key_id = cbor2.loads(data).value[1][KEY_ID]
        key = _public_key(_folder(), bytes(key_id))
    except UNREADABLE as error:
        raise BadToken("验证码不是本平台签发的。请向执照上的登记机关核实。") from error
    return _opened(data, key)


def _opened(data: bytes, key: COSEKeyInterface) -> Claims:
    try:
        payload = cbor2.loads(COSE.new().decode(data, key))
        _, uscc, serial, days, copy, version, organ = payload
        return Claims(
            uscc=uscc,
            serial=serial,
            issued=EPOCH + timedelta(days=days),
            copy=COPIES[copy],
            version=version,
            organ=organ,
        )
    except (CWTError, OverflowError, *UNREADABLE) as error:
        raise BadToken("验证码的签名不符，执照可能是伪造的。请向执照上的登记机关核实。") from error


def public_keys() -> dict[str, bytes]:
    """PEM of every key that signed codes, by key id: published for checking without a line."""
    return {path.stem: path.read_bytes() for path in sorted((_folder() / "public").glob("*.pem"))}


def renew_key() -> str:
    """Start a new signing key and return its id; codes of the earlier ones stay valid."""
    folder = places.keys() / "licence-code"
    with places.alone(folder):
        return _write_new_key(folder)


def _write_new_key(folder: Path) -> str:
    key = Ed25519PrivateKey.generate()
    key_id = _key_id(key.public_key()).hex()
    places.write_private(folder / "public" / f"{key_id}.pem", _public_pem(key.public_key()))
    places.write_private(folder / "signing.pem", _private_pem(key))
    return key_id


def _folder() -> Path:
    folder = places.keys() / "licence-code"
    if not (folder / "signing.pem").is_file():
        with places.alone(folder):
            if not (folder / "signing.pem").is_file():
                _write_new_key(folder)
    return folder


@lru_cache(maxsize=16)
def _signing_key(folder: Path, changed: int) -> COSEKeyInterface:  # noqa: ARG001 - a renewed key is read anew
    pem = (folder / "signing.pem").read_bytes()
    private = serialization.load_pem_private_key(pem, None)
    if not isinstance(private, Ed25519PrivateKey):
        raise TypeError("licence-code/signing.pem is not an Ed25519 key")
    return COSEKey.from_pem(pem, alg="EdDSA", kid=_key_id(private.public_key()))


@lru_cache(maxsize=64)
def _public_key(folder: Path, key_id: bytes) -> COSEKeyInterface:
    pem = (folder / "public" / f"{key_id.hex()}.pem").read_bytes()
    return COSEKey.from_pem(pem, alg="EdDSA", kid=key_id)


def _key_id(key: Ed25519PublicKey) -> bytes:
    return sha256(key.public_bytes_raw()).digest()[:KEY_ID]


def _public_pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _private_pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
