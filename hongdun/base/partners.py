"""Others' machines that speak to us by signed HTTP: their secrets and where they listen. A file, for it holds secrets."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hongdun.base import answers
from hongdun.base.clock import now
from hongdun.lib import webhooks

if TYPE_CHECKING:
    from django.http import HttpRequest

NAME = re.compile(r"[a-z][a-z0-9-]{1,19}")
LONGEST_NUMBER = 80
UNPROVEN = answers.problem_type("signature", 401, "签名无效")
TOO_LONG = answers.problem_type("too-long", 413, "内容过长")


@dataclass(frozen=True, slots=True)
class Partner:
    """`secrets`: the one that we sign with, then those that are still accepted while the other side changes over.

    `url` is empty where the other side listens nowhere and comes to fetch.
    """

    name: str
    secrets: tuple[str, ...]
    url: str


class BadPartners(ValueError):
    """The file can't be used; the message says what to mend."""


def load(file: str, *, what: str, listens: bool) -> dict[str, Partner]:
    """By name; none where the setting is empty. `listens`: each must say where. `what` they are, for the message."""
    if not file:
        return {}
    path = Path(file)
    try:
        given = json.loads(path.read_text("utf-8"))
        return {name: _partner(name, each, listens=listens) for name, each in given.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadPartners(f"{path} 读不出{what}：{error}；写法见管理员手册") from error


def _partner(name: str, given: dict[str, object], *, listens: bool) -> Partner:
    if not NAME.fullmatch(name):
        raise BadPartners(f"名称 {name} 应为 2 至 20 个小写字母、数字或者连字符")
    secrets = given["secrets"]
    if not isinstance(secrets, list) or not secrets:
        raise BadPartners(f"{name} 的 secrets 应为列表，至少一个密钥")
    url = given["url"] if listens else given.get("url", "")
    return Partner(name, tuple(str(each) for each in secrets), str(url))


def prove(request: HttpRequest, partner: Partner) -> str:
    """The number of a message that is the partner's own and fresh: of a GET its address is signed, else its body.

    Raises webhooks.Unproven.
    """
    number = request.headers.get("webhook-id", "")
    if len(number) > LONGEST_NUMBER:
        raise webhooks.Unproven(f"webhook-id 最长 {LONGEST_NUMBER} 个字符")
    signed = request.get_full_path().encode() if request.method == "GET" else request.body
    webhooks.verify(
        partner.secrets, number=number, stamp=request.headers.get("webhook-timestamp", ""),
        signatures=request.headers.get("webhook-signature", ""), body=signed, at=int(now().timestamp()),
    )  # fmt: skip
    return number
