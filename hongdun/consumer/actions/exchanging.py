"""Exchange files with 12345 and with the national 12315 platform: an inbox and an outbox folder each, hash-checked.

Every item is taken in a transaction of its own under its own number, and a file leaves the inbox only afterwards: a run
that was broken off is done again without harm. What goes out has a name of its own for each number and state, so it is
written once. Format and folders: docs/guide/channels.md.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from hongdun.base.clock import now
from hongdun.base.scope import system_scope
from hongdun.cases import actions as cases
from hongdun.consumer.actions import hotline, national
from hongdun.consumer.actions.contacts import KeyTaken
from hongdun.consumer.channels.models import WorkOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

FORMAT = "hongdun-exchange/1"
LANES = ("12345", "12315")
OUT_DAYS = 60
MOST_BYTES = 50 * 1024 * 1024


class BadFile(ValueError):
    """Nothing of the file was read; the message says why."""


def read_all(root: Path) -> None:
    for lane in LANES:
        for path in sorted((root / lane / "inbox").glob("*.json")):
            if path.with_suffix(
                ".sha256"
            ).exists():  # the hash comes last: without it the file is still being written
                read(path, lane)


def read(path: Path, lane: str) -> None:
    """One file: each item on its own; what is wrong with one stands beside the file in done/."""
    try:
        items = _items(path)
    except BadFile as bad:
        _file_away(path, "rejected", [str(bad)])
        return
    take = {"12345": _take_order, "12315": national.take}[lane]
    wrong = [words for item in items if (words := _wrong(take, item))]
    _file_away(path, "done", wrong)


def _items(path: Path) -> list[dict[str, Any]]:
    if path.stat().st_size > MOST_BYTES:
        raise BadFile(f"文件超过 {MOST_BYTES // 1024 // 1024} MB，请分成几个")
    data = path.read_bytes()
    told = path.with_suffix(".sha256").read_text("ascii", "replace").split()[:1]
    if told != [sha256(data).hexdigest()]:
        raise BadFile("内容与 .sha256 不符，请重新传送")
    try:
        given = json.loads(data)
    except ValueError:
        raise BadFile("不是 UTF-8 编码的 JSON") from None
    if (
        not isinstance(given, dict)
        or given.get("format") != FORMAT
        or not isinstance(given.get("items"), list)
    ):
        raise BadFile(f"format 应为 {FORMAT}，items 应为列表")
    items: list[dict[str, Any]] = given["items"]
    return items


def _wrong(take: Any, item: Any) -> str:
    try:
        take(item)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        return f"{_number(item)}：缺少或者写错了 {error}"
    except (cases.Refused, KeyTaken) as error:
        return f"{_number(item)}：{error}"
    return ""


def _number(item: Any) -> str:
    return str(item.get("number", "没有编号")) if isinstance(item, dict) else "不是对象"


def _take_order(item: Mapping[str, Any]) -> None:
    if item.get("event") == "judged":
        hotline.judge(str(item["number"]), rating=int(item["rating"]))
    else:
        hotline.arrive(item, due=date.fromisoformat(item["due"]))


def _file_away(path: Path, where: str, words: list[str]) -> None:
    folder = path.parent.parent / where
    folder.mkdir(exist_ok=True)
    if words:
        (folder / f"{path.stem}.problems.txt").write_text("\n".join(words) + "\n", "utf-8")
    path.replace(folder / path.name)
    hashed = path.with_suffix(".sha256")
    hashed.replace(folder / hashed.name)


def write_all(root: Path) -> None:
    """One file for each number and state; where the other side took it away to sent/, it isn't written again."""
    with system_scope("交换文件"):
        _write(root / "12345", _orders())
        _write(root / "12315", national.told(since=now() - timedelta(days=OUT_DAYS)))


def _orders() -> Iterable[dict[str, Any]]:
    since = now() - timedelta(days=OUT_DAYS)
    for order in WorkOrder.objects.filter(signed__gte=since, hotline="").order_by("signed"):
        yield {"number": order.number, "state": "signed", "at": order.signed}
        if order.ended:
            yield {"number": order.number, "state": order.state, "at": order.ended, "words": order.words}


def _write(lane: Path, items: Iterable[Mapping[str, Any]]) -> None:
    out, sent = lane / "outbox", lane / "sent"
    for folder in (out, sent):
        folder.mkdir(parents=True, exist_ok=True)
    for item in items:
        name = f"{sha256(str(item['number']).encode()).hexdigest()[:16]}-{item['state']}"
        if (out / f"{name}.sha256").exists() or (sent / f"{name}.json").exists():
            continue
        data = json.dumps({"format": FORMAT, "items": [item]}, ensure_ascii=False, default=str).encode()
        _whole(out / f"{name}.json", data)
        _whole(out / f"{name}.sha256", sha256(data).hexdigest().encode())


def _whole(path: Path, data: bytes) -> None:
    """Never half a file under its name."""
    begun = path.with_suffix(path.suffix + ".part")
    begun.write_bytes(data)
    begun.replace(path)
