"""What stands round an answer of the lane: the same headers, in the same order, as Django's middleware writes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from hongdun.base import answers
from hongdun.base.front.exchange import SAFE, Answer
from hongdun.base.middleware import CSP, HEADERS, request_number
from hongdun.portal import actions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.base.front.exchange import Headers
    from hongdun.base.limits import Standing

MOST_HOSTS = 100
_hosts: dict[str, bool] = {}


def is_ordinary(environ: Mapping[str, Any]) -> bool:
    """Whether nothing of this request needs more than the lane knows."""
    return (
        environ["REQUEST_METHOD"] in SAFE
        and not environ.get("QUERY_STRING")
        and settings.SESSION_COOKIE_NAME not in environ.get("HTTP_COOKIE", "")
        and actions.PROOF not in environ
        and _is_known_host(environ.get("HTTP_HOST", ""))
        and (not settings.SECURE_SSL_REDIRECT or is_secure(environ))
    )


def is_secure(environ: Mapping[str, Any]) -> bool:
    told = settings.SECURE_PROXY_SSL_HEADER
    if told and told[0] in environ:
        return str(environ[told[0]]).split(",", 1)[0].strip() == told[1]
    return environ.get("wsgi.url_scheme") == "https"


def _is_known_host(host: str) -> bool:
    known = _hosts.get(host)
    if known is None:
        known = validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)
        if len(_hosts) < MOST_HOSTS:
            _hosts[host] = known
    return known


def of_record(environ: Mapping[str, Any], body: bytes, standing: Standing | None) -> Answer:
    etag = answers.etag_of(body)
    same = answers.is_among(environ.get("HTTP_IF_NONE_MATCH", ""), etag)
    body = b"" if same else body
    headers = [
        *answers.CORS.items(),
        ("Content-Type", answers.JSON),
        ("ETag", etag),
        ("Cache-Control", answers.CACHING),
        *(standing.headers() if standing else ()),
        *_of_all(environ, body),
    ]
    return Answer("304 Not Modified" if same else "200 OK", headers, body)


def unavailable(environ: Mapping[str, Any]) -> Answer:
    """The database is away; nothing else could be told."""
    body = answers.problem_bytes(answers.UNAVAILABLE, "数据库正在恢复，请几秒后重试")
    headers = [
        *answers.CORS.items(),
        ("Content-Type", answers.PROBLEM_JSON),
        ("Retry-After", "2"),
        *_of_all(environ, body),
    ]
    return Answer("503 Service Unavailable", headers, body)


def _of_all(environ: Mapping[str, Any], body: bytes) -> Headers:
    """What Django's middleware adds to every answer."""
    return [
        ("Content-Length", str(len(body))),
        *_security(secure=is_secure(environ)),
        ("X-Request-Id", request_number(environ)),
    ]


@cache
def _security(*, secure: bool) -> tuple[tuple[str, str], ...]:
    rest = {name: value for name, value in HEADERS.items() if name not in _DJANGOS}
    return (
        ("Vary", "Cookie"),
        *((("Strict-Transport-Security", _transport()),) if secure and settings.SECURE_HSTS_SECONDS else ()),
        *((name, HEADERS[name]) for name in _DJANGOS),
        ("Content-Security-Policy", CSP),
        *rest.items(),
    )


# Written by Django's own SecurityMiddleware, inside ours.
_DJANGOS = ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")


def _transport() -> str:
    parts = [f"max-age={settings.SECURE_HSTS_SECONDS}"]
    parts += ["includeSubDomains"] if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else []
    parts += ["preload"] if settings.SECURE_HSTS_PRELOAD else []
    return "; ".join(parts)
