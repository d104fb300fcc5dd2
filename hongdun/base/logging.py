"""Logs are JSON lines with the request's id, and never hold an identity number or a phone number."""

import json
import logging
import re
import sys
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
# Longest first: an identity number contains what looks like a phone number. A unified social credit code
# and our own numbers of other lengths stay readable.
PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])"
    r"(?:(?P<identity>[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx])"
    r"|(?P<old>[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})"
    r"|(?P<phone>(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}))"
    r"(?![0-9A-Za-z])"
)
# Any other run of exactly 18 or 11 digits is hidden as well: rather one number too many than one too few.
BARE = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{11})(?![0-9A-Za-z])")
# Whatever is hidden has this in it; nearly no line has.
DIGITS = re.compile(r"[\d -]{11}")
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def scrub(text: str) -> str:
    return BARE.sub("[已隐去]", PERSONAL.sub("[已隐去]", text)) if DIGITS.search(text) else text


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, SHANGHAI).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": _request_id(),
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in STANDARD | {"request"}}
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return scrub(json.dumps(line, ensure_ascii=False, default=str))


def _request_id() -> str:
    # Looked up, not imported: processes without requests, like the web server's own, stay small.
    middleware = sys.modules.get("hongdun.base.middleware")
    return middleware.request_id.get() if middleware else ""


def settings(level: str = "INFO") -> dict[str, Any]:
    """Django's LOGGING: everything to standard output, where the supervisor's log file collects it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "hongdun.base.logging.JsonLines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["lines"], "level": level},
        "loggers": {
            # Django gives these handlers of their own, which would write each line twice and unscrubbed.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            "procrastinate": {"level": "WARNING"},
            "fontTools": {"level": "ERROR"},
            "pyhanko": {"level": "WARNING"},
        },
    }
