"""Fields that the database only holds encrypted: identity numbers, phones, home addresses, second factors.

AES-256-GCM; the keys are files beside the database, so a dump alone reveals nothing. Each sealed value
begins with the number of its key: `field.key` is number 0, `field.<n>.key` number n; the highest seals.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from hongdun.lib.keyfiles import secret

if TYPE_CHECKING:
    from pathlib import Path

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model

    _Text = models.TextField[str, str]
else:
    _Text = models.TextField

NONCE = 12
KEY_FILE = re.compile(r"field(?:\.(\d{1,3}))?\.key\Z")


class SealBroken(ValueError):
    """A sealed value can't be opened: the key is missing, or the value was changed or moved."""


@cache
def _ring(home: Path) -> dict[int, bytes]:
    secret(home, "field.key")
    found = ((KEY_FILE.match(path.name), path) for path in (home / "keys").iterdir())
    return {int(match[1] or 0): path.read_bytes() for match, path in found if match}


def _keys() -> dict[int, bytes]:
    return _ring(settings.HONGDUN_HOME)


def seal(text: str, *, place: str) -> bytes:
    """Encrypt `text` for one place ("table.column"); it opens nowhere else."""
    return seal_bytes(text.encode(), place=place)


def seal_bytes(data: bytes, *, place: str) -> bytes:
    number = max(_keys())
    nonce = os.urandom(NONCE)
    return bytes([number]) + nonce + AESGCM(_keys()[number]).encrypt(nonce, data, place.encode())


def unseal(data: bytes, *, place: str) -> str:
    return unseal_bytes(data, place=place).decode()


def unseal_bytes(data: bytes, *, place: str) -> bytes:
    key = _keys().get(data[0])
    if key is None:
        raise SealBroken(f"{place}：缺少 {data[0]} 号密钥，请从备份恢复 keys 目录")
    try:
        return AESGCM(key).decrypt(data[1 : 1 + NONCE], data[1 + NONCE :], place.encode())
    except InvalidTag as error:
        raise SealBroken(f"{place}：内容与密钥不符，可能被改动") from error


def fingerprint(value: str, *, kind: str) -> str:
    """Keyed hash that tells "the same value elsewhere" without revealing it; 32 hex digits.

    It always uses key 0, so that rotating the sealing key keeps old fingerprints findable.
    """
    key = hmac.digest(_keys()[0], b"fingerprint", hashlib.sha256)
    return hmac.digest(key, f"{kind}:{value}".encode(), hashlib.sha256)[:16].hex()


class SealedField(_Text):
    """Text that is sealed on its way into the database and opened on its way out; it can't be searched."""

    def __init__(self, verbose_name: str | None = None, **options: Any) -> None:
        options.setdefault("blank", True)
        options.setdefault("default", "")
        super().__init__(verbose_name, **options)

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001 - Django's documented Meta API

    def from_db_value(self, value: bytes | None, *_: Any) -> str:
        return unseal(bytes(value), place=self.place) if value else ""

    def get_db_prep_value(
        self,
        value: str | None,
        connection: BaseDatabaseWrapper,  # noqa: ARG002 - Django's signature
        prepared: bool = False,  # noqa: ARG002, FBT001, FBT002
    ) -> bytes:
        return seal(value, place=self.place) if value else b""

    def value_to_string(self, obj: Model) -> str:
        """Keep plain text out of serialised dumps."""
        return "＊＊＊" if self.value_from_object(obj) else ""
