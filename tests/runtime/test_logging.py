from __future__ import annotations

import json
import logging

import pytest

from hongdun.base.logging import JsonLines, scrub
from hongdun.base.middleware import request_id


def line(message: str, *values: object, **extra: object) -> dict[str, object]:
    record = logging.LogRecord("hongdun.cases", logging.WARNING, "x.py", 1, message, values, None)
    vars(record).update(extra)
    found: dict[str, object] = json.loads(JsonLines().format(record))
    return found


def test_a_line_is_json_with_the_request() -> None:
    token = request_id.set("a1b2c3d4")
    found = line("收件 %s", "桂市监受〔2025〕1号", case="01890000")
    request_id.reset(token)
    assert found["request"] == "a1b2c3d4"
    assert found["level"] == "warning"
    assert found["message"] == "收件 桂市监受〔2025〕1号"
    assert found["case"] == "01890000"
    assert str(found["time"]).endswith("+08:00")


@pytest.mark.parametrize(
    "number",
    [
        "450102199003071234",
        "45010219900307123X",
        "45010219900307123x",
        "13807711234",
        "138 0771 1234",
        "+8613807711234",
    ],
)
def test_personal_numbers_never_reach_the_log(number: str) -> None:
    for text in (number, f"电话{number}。", f'{{"a":"{number}"}}'):
        assert number not in scrub(text)
    assert number not in json.dumps(line("查 %s", number, query={"q": number}), ensure_ascii=False)


def test_personal_numbers_in_an_error() -> None:
    error = ValueError("身份证号 450102199003071234 已使用")
    raised = (ValueError, error, None)
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "失败", (), raised)
    written = JsonLines().format(record)
    assert "ValueError" in written
    assert "450102199003071234" not in written


@pytest.mark.parametrize(
    "number", ["91450100MA5KABCD1X", "450102000", "2025092500000123", "01890a5d-ac96-774b-bcce-b302099a8057"]
)
def test_public_numbers_stay(number: str) -> None:
    assert scrub(f"主体 {number} 已登记") == f"主体 {number} 已登记"
