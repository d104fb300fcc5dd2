from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import RequestFactory

from hongdun.base import answers, parameters
from hongdun.base.codelists import CODE_LISTS
from hongdun.base.operations import operation
from hongdun.base.scope import acting
from hongdun.lib.particulars import SECRET_ROLES, Domicile
from hongdun.register import actions as register
from tests.portal import builders
from tests.register.builders import FOUNDER, LIAISON, changed, founded, officer

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.test import Client

    from hongdun.base.operations import Given
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
PROBLEM = "application/problem+json"


def versions(client: Client, entity: Entity, **query: object) -> dict[str, object]:
    response = client.get(f"/api/v1/entities/{entity.uscc}/versions", query)
    assert response.status_code == 200, response.content
    return response.json()


def test_versions_tell_both_times_and_what_changed(client: Client, db: None) -> None:
    entity = changed(founded(), date(2020, 5, 1), name="南宁邕江绿豆商贸有限公司")
    first, rest, now = versions(client, entity)["versions"]
    assert (first["kind"]["code"], first["changes"]) == ("establish", None)
    assert first["valid"] == {"from": "2015-03-02", "until": None}
    assert first["recorded"]["until"] == rest["recorded"]["from"] == now["recorded"]["from"]
    assert (rest["valid"]["until"], rest["changes"]) == ("2020-05-01", [])
    assert [each["item"] for each in now["changes"]] == ["name"]
    assert now["authority"] == {"code": 450102000, "name": "南宁市兴宁区市场监督管理局"}
    assert not any(str(hidden) in json.dumps(now) for hidden in (FOUNDER, LIAISON, "liaison"))


def test_a_correction_stands_beside_what_it_corrects(client: Client, db: None) -> None:
    entity, actor = founded(), officer()
    with acting(actor):
        register.correct(
            entity=entity, items={"representative": "覃绿豆"}, valid_from=date(2015, 3, 2),
            valid_until=date(2016, 1, 1), reason="录入有误", case_id=None, actor=actor,
        )  # fmt: skip
    found = versions(client, entity)["versions"]
    corrected = [each for each in found if each["kind"]["code"] == "correct" and each["changes"]]
    assert [(each["note"], each["valid"]["until"]) for each in corrected] == [("录入有误", "2016-01-01")]


def test_pages_of_versions_hold_each_once(client: Client, db: None) -> None:
    entity = founded()
    for number in range(5):
        entity = changed(entity, date(2020, 1 + number, 1), domicile=Domicile(f"朝阳路{number}号", "450102"))
    whole = versions(client, entity)
    assert whole["next"] is None
    found, url = [], f"/api/v1/entities/{entity.uscc}/versions?limit=3"
    while url:
        page = client.get(url).json()
        found += page["versions"]
        url = page["next"]
    assert found == whole["versions"]
    assert len(found) == 11
    assert versions(client, entity, cursor=11, limit=1)["versions"] == []


@pytest.mark.parametrize(
    "query",
    [
        "cursor=-1",
        "cursor=x",
        "cursor=" + "9" * 30,
        "limit=0",
        "limit=101",
        "limit=1.0",
        "asof=2020-01-01",
        "cursor=1&cursor=2",
    ],
)
def test_versions_name_the_bad_parameter(client: Client, db: None, query: str) -> None:
    response = client.get(f"/api/v1/entities/{founded().uscc}/versions?{query}")
    assert (response.status_code, response.headers["Content-Type"]) == (400, PROBLEM)
    assert response.json()["parameter"] == query.split("=", maxsplit=1)[0]


@pytest.mark.parametrize("query", ["limit=1", "limit=100", "cursor=0", "cursor=1000000000"])
def test_limits_themselves_are_allowed(client: Client, db: None, query: str) -> None:
    assert client.get(f"/api/v1/entities/{founded().uscc}/versions?{query}").status_code == 200


def test_a_bad_code_is_told_by_its_place_everywhere(client: Client, db: None) -> None:
    for rest in ("", "/versions"):
        body = client.get(f"/api/v1/entities/91450102GX0000007X{rest}").json()
        assert body["errors"] == [{"position": 18, "detail": body["detail"]}]
        assert "第 18 位校验码应为“C”" in body["detail"]
        assert client.get(f"/api/v1/entities/91450102GX0000007C{rest}").json()["type"].endswith(":unknown")


def test_as_of_names_the_authority_of_the_entity(client: Client, db: None) -> None:
    entity = founded()
    body = client.get(f"/api/v1/entities/{entity.uscc}?as_of=2016-01-01").json()
    assert body["authority"] == {"code": 450102000, "name": "南宁市兴宁区市场监督管理局"}
    assert (body["version"], body["status"]["code"]) == (1, "active")


def test_code_lists_explain_every_code_of_an_answer(client: Client, db: None) -> None:
    listed = client.get("/api/v1/code-lists").json()["code_lists"]
    assert {each["name"] for each in listed} == set(CODE_LISTS)
    lists = {each["name"]: client.get(each["url"]).json()["items"] for each in listed}
    codes = {name: {item["code"] for item in items} for name, items in lists.items()}
    body = client.get(f"/api/v1/entities/{builders.well_known().uscc}").json()
    assert body["type"]["code"] in codes["entity-types"]
    assert body["status"]["code"] in codes["statuses"]
    assert body["authority"]["code"] in codes["authorities"]
    assert body["particulars"]["capital"]["currency"] in codes["currencies"]
    assert body["particulars"]["kind"] in codes["entity-kinds"]
    assert {each["role"] for each in body["particulars"]["people"]} <= codes["person-roles"]
    assert not codes["person-roles"] & SECRET_ROLES
    assert "450122" in codes["divisions"]
    assert {each.urn for each in answers.PROBLEMS.values()} == codes["problem-types"]
    assert all(item["label"] for items in lists.values() for item in items)


def test_an_unknown_list_names_those_there_are(client: Client, db: None) -> None:
    response = client.get("/api/v1/code-lists/none")
    assert (response.status_code, response.headers["Content-Type"]) == (404, PROBLEM)
    assert "statuses" in response.json()["detail"]


@pytest.mark.parametrize("url", ["/api/v1/code-lists/statuses", "/api/v1/openapi.json"])
def test_what_has_not_changed_is_not_sent_again(client: Client, db: None, url: str) -> None:
    etag = client.get(url).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        again = client.get(url, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == etag
        assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(url, headers={"If-None-Match": '"x"'}).status_code == 200


def test_scripts_of_other_sites_may_ask(client: Client, db: None) -> None:
    asked = client.options("/api/v1/code-lists")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    assert client.head("/api/v1/code-lists").status_code == 200
    assert client.get("/api/v1/code-lists").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_other_methods_are_refused_whatever_they_bring(client: Client, db: None, method: str) -> None:
    client.handler.enforce_csrf_checks = True
    refused = client.generic(method, "/api/v1/code-lists", data="x")
    assert (refused.status_code, refused.headers["Content-Type"]) == (405, PROBLEM)
    assert refused.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_an_address_that_is_none_is_a_problem_too(client: Client, db: None) -> None:
    response = client.get("/api/v1/none")
    assert (response.status_code, response.headers["Content-Type"]) == (404, PROBLEM)
    assert response.json()["type"] == answers.NOT_FOUND.urn


def test_the_page_for_people_names_every_address_and_problem(client: Client, db: None) -> None:
    page = client.get("/api/").content.decode()
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert path in page
    for each in answers.PROBLEMS.values():
        assert each.urn in page
    assert "第 18 位校验码应为“C”" in page.replace("\\u201c", "“")


@operation(
    summary="测试", about="测试", tag="测试", answer={}, example="/", method="POST", body={"type": "object"},
    parameters=(parameters.text("q", "词", longest=3), parameters.one_of("kind", "种类", {"a": "甲"})),
)  # fmt: skip
def sent(request: HttpRequest, given: Given) -> HttpResponse:
    return answers.answer(request, given)


def post(body: bytes, query: str = "") -> HttpResponse:
    return sent(RequestFactory().post(f"/{query}", body, content_type="application/json"))


def test_a_body_is_read_and_a_bad_one_is_told() -> None:
    assert json.loads(post(b'{"name": 1}', "?kind=a&q=abc").content) == {
        "body": {"name": 1}, "kind": "a", "q": "abc",
    }  # fmt: skip
    for bad in (b"", b"{", b"[]", b"\xff", b"{}" + b" " * 65_536):
        response = post(bad)
        assert response.status_code == 400
        assert json.loads(response.content)["type"].endswith(":body")
    assert sent(RequestFactory().get("/")).headers["Allow"] == "POST, OPTIONS"


@pytest.mark.parametrize("query", ["?q=abcd", "?q=%00", "?kind=b", "?kind="])
def test_words_and_choices_are_checked(query: str) -> None:
    assert post(b"{}", query).status_code == 400
