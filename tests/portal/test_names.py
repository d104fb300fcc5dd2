"""Checking a name: by program, on the page, from the console."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from tests.register.builders import founded

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

pytestmark = pytest.mark.django_db
BORNE = "南宁红豆商贸有限公司"
ADDRESS = "/api/v1/names/check"


def ask(client: Client, status: int = 200, **body: Any) -> Any:
    response: HttpResponse = client.post(ADDRESS, json.dumps(body), content_type="application/json")
    assert response.status_code == status, response.content.decode()
    return json.loads(response.content)


def test_a_program_learns_the_parts_and_what_blocks(client: Client) -> None:
    entity = founded(name=BORNE)
    found = ask(client, name="南宁红豆贸易有限公司", city="4501")
    assert found["parts"]["trade"] == "红豆"
    assert (found["free"], found["region_wide"], found["blocking"]) == (True, False, [])
    [warning] = found["warnings"]
    assert (warning["rule"], warning["entity"]["uscc"]) == ("synonym", entity.uscc)
    blocked = ask(client, name="南宁红豆有限公司", city="4501", suggest=True)
    assert blocked["blocking"][0]["article"] == "企业名称登记管理规定第十七条"
    assert blocked["suggestions"]
    for each in blocked["suggestions"]:
        assert ask(client, name=each, city="4501")["free"]


def test_a_link_frees_and_the_split_moves(client: Client) -> None:
    entity = founded(name=BORNE)
    assert ask(client, name="南宁红豆有限公司", investors=[entity.uscc.lower()])["free"]
    moved = ask(client, name="南宁红豆环保科技有限公司", trade="红豆环保", industry="科技")
    assert moved["parts"]["trade"] == "红豆环保"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "name 不能为空"),
        ({"name": ""}, "name 不能为空"),
        ({"name": 5}, "name 应为文字"),
        ({"name": "红" * 101}, "最多 100 个字"),
        ({"name": "南宁红豆有限公司", "city": "4401"}, "city 应为四位"),
        ({"name": "南宁红豆有限公司", "kind": "bank"}, "kind 应为"),
        ({"name": "南宁红豆有限公司", "investors": "91"}, "investors 应为"),
        ({"name": "南宁红豆有限公司", "suggest": "yes"}, "suggest 应为"),
        ({"name": "南宁红豆有限公司", "town": "x"}, "没有 town"),
    ],
)
def test_a_bad_question_is_told_what_to_mend(client: Client, body: dict[str, Any], words: str) -> None:
    problem = ask(client, 400, **body)
    assert words in problem["detail"]
    assert problem["parameter"] == "body"


def test_the_page_shows_the_same_without_script(client: Client) -> None:
    founded(name=BORNE)
    empty = client.get("/names/").content.decode()
    assert "govuk-error-summary" not in empty
    shown = client.get(
        "/names/", {"name": "南宁红豆有限公司", "city": "450100000", "kind": "enterprise"}
    ).content.decode()
    assert "不能使用" in shown
    assert "第十七条" in shown
    assert "这些名称现在可以申报" in shown
    free = client.get("/names/", {"name": "南宁邕江绿豆饮品有限公司", "kind": "enterprise"}).content.decode()
    assert "可以申报" in free
    assert "govuk-error-message" in client.get("/names/?name=").content.decode()


def test_the_console_says_it_too() -> None:
    founded(name=BORNE)
    out = StringIO()
    call_command("check_name", "南宁红豆有限公司", "--city", "4501", "--suggest", stdout=out)
    assert "不能申报" in out.getvalue()
    assert "可以考虑" in out.getvalue()
    out = StringIO()
    call_command("check_name", "南宁邕江绿豆饮品有限公司", "--json", stdout=out)
    assert json.loads(out.getvalue())["free"] is True
    with pytest.raises(CommandError, match="4501"):
        call_command("check_name", "南宁红豆有限公司", "--city", "9999")
