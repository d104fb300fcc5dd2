"""The hotlines that speak to us by signed HTTP: who they are, their secrets, where they listen. A file, for it holds secrets."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

NAME = re.compile(r"[a-z][a-z0-9-]{1,19}")


@dataclass(frozen=True, slots=True)
class Hotline:
    """`secrets`: the one that we sign with, then those that are still accepted while the other side changes over."""

    name: str
    secrets: tuple[str, ...]
    url: str


class BadHotlines(ValueError):
    """The file can't be used; the message says what to mend."""


def hotlines() -> dict[str, Hotline]:
    if not settings.CONSUMER_HOTLINES:
        return {}
    path = Path(settings.CONSUMER_HOTLINES)
    try:
        given = json.loads(path.read_text("utf-8"))
        return {name: _hotline(name, each) for name, each in given.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadHotlines(f"{path} 读不出 12345 对接方：{error}；写法见手册“电话以外的渠道”") from error


def _hotline(name: str, given: dict[str, object]) -> Hotline:
    if not NAME.fullmatch(name):
        raise BadHotlines(f"名称 {name} 应为 2 至 20 个小写字母、数字或者连字符")
    secrets = given["secrets"]
    if not isinstance(secrets, list) or not secrets:
        raise BadHotlines(f"{name} 的 secrets 应为列表，至少一个密钥")
    return Hotline(name, tuple(str(each) for each in secrets), str(given["url"]))
