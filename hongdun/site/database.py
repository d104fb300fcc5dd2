"""Where the database is: the cluster that Hongdun runs itself, or the one named by DATABASE_URL."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

if TYPE_CHECKING:
    from pathlib import Path

# Prepared when it comes a second time: each SAVEPOINT has a name of its own, and one that were prepared at once would
# cost three statements and push out one that is needed again.
OPTIONS = {"server_side_binding": True, "prepare_threshold": 1}


def settings(home: Path, url: str, *, role: str = "app") -> dict[str, Any]:
    """Connection of one role ("app" serves, "owner" migrates) as Django wants it.

    Prepared statements are for the serving role only: migrations change tables under them.
    """
    place = _from_url(url, role) if url else _from_home(home, role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "TIME_ZONE": "Asia/Shanghai",
        "OPTIONS": OPTIONS if role == "app" else {},
        **place,
    }


def _from_home(home: Path, role: str) -> dict[str, Any]:
    path = home / "run" / "database.json"
    known = json.loads(path.read_text()) if path.exists() else {}
    return {
        "NAME": known.get("dbname", "hongdun"),
        "HOST": known.get("host", str(home / "run")),
        "PORT": str(known.get("port", 5432)),
        "USER": f"hongdun_{role}",
        "PASSWORD": known.get("roles", {}).get(role, ""),
    }


def _from_url(url: str, role: str) -> dict[str, Any]:
    """Read postgresql://hongdun_app:…@host:port/name; DATABASE_OWNER_URL names the owner the same way."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL 应以 postgresql:// 开头，现为 {parts.scheme or '空'}://")
    query = dict(parse_qsl(parts.query))
    return {
        "NAME": parts.path.lstrip("/"),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "USER": unquote(parts.username or f"hongdun_{role}"),
        "PASSWORD": unquote(parts.password or ""),
    }
