"""Who asks, and how much more may they: one answer for Django's middleware and for the lean lane."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings

from hongdun.base import limits, proofs
from hongdun.base.client import address_in
from hongdun.lib import apikeys
from hongdun.parties import queries as parties

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.parties.models import ApiKey

BEARER = "Bearer "
PROOF = f"HTTP_{proofs.HEADER.upper().replace('-', '_')}"


class BadKey(Exception):
    """Somebody sent a key that is none; the message says what to do."""


class Caller(NamedTuple):
    """`bucket` names the counter, empty where nothing is counted; `key` is None for the anonymous."""

    bucket: str
    quota: limits.Quota
    key: ApiKey | None = None


def caller_of(environ: Mapping[str, Any]) -> Caller:
    """The caller of the API by key, else by address; raises BadKey."""
    if known := known_caller(environ):
        return known
    secret = _secret(environ)
    wrong = apikeys.problem(secret)
    if wrong:
        raise BadKey(f"{wrong}；也可以不带密钥，按匿名额度查询")
    key = parties.api_key(secret)
    if key is None:
        raise BadKey("这个密钥不存在、已停用或已更换；请登录后在 /account/keys/ 核对，或者不带密钥查询")
    return _with_key(key)


def known_caller(environ: Mapping[str, Any]) -> Caller | None:
    """The caller as far as the database needn't be asked."""
    secret = _secret(environ)
    if not secret:
        return stranger(environ)
    key = parties.known_key(secret)
    return _with_key(key) if key else None


def _with_key(key: ApiKey) -> Caller:
    quota = limits.Quota(key.per_minute, key.per_day)
    return Caller("" if quota.unlimited else limits.of_key(key.pk), quota, key)


def stranger(environ: Mapping[str, Any]) -> Caller:
    quota = limits.Quota(settings.ANONYMOUS_PER_MINUTE, settings.ANONYMOUS_PER_DAY)
    bucket = "" if quota.unlimited else limits.of_address(address_in(environ))
    return Caller(bucket, quota)


def _secret(environ: Mapping[str, Any]) -> str:
    """Other schemes of Authorization are not ours."""
    given: str = environ.get("HTTP_AUTHORIZATION", "")
    if given.startswith(BEARER):
        return given[len(BEARER) :].strip()
    return str(environ.get("HTTP_X_API_KEY", "")).strip()


def count(environ: Mapping[str, Any], caller: Caller) -> limits.Standing | None:
    """Count this request; raises proofs.Unproven."""
    proof = environ.get(PROOF, "")
    if proof and not caller.quota.unlimited and not caller.key:
        proofs.accept(proof, caller.bucket)
        limits.give_back(caller.bucket, caller.quota, proofs.ALLOWANCE)
    return limits.take(caller.bucket, caller.quota)
