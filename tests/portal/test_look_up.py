from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING

import pytest

from hongdun.base.scope import acting, system_scope
from hongdun.documents import codes
from hongdun.lib.entityrows import Row
from hongdun.lib.particulars import Domicile
from hongdun.register import actions as register
from hongdun.register.actions import bulk
from hongdun.register.models import Licence, VersionKind
from tests.register.builders import FOUNDED, FOUNDER, LIAISON, changed, company, founded, officer

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
RENAMED = "南宁邕江绿豆商贸有限公司"


@pytest.fixture
def entity(db: None) -> Entity:
    return changed(founded(), date(2020, 5, 1), name=RENAMED)


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def issued(entity: Entity) -> tuple[Licence, str]:
    actor = officer()
    with acting(actor):
        sheet = register.record_licence(entity=entity, copy="original", on=FOUNDED, case_id=None, actor=actor)
    claims = codes.Claims(
        uscc=entity.uscc,
        serial=sheet.serial,
        issued=sheet.issued_on,
        copy="original",
        version=sheet.version,
        organ=sheet.organ,
    )
    return sheet, codes.licence_token(claims)


def test_home_leads_to_search(client: Client) -> None:
    home = page(client, "/")
    assert 'action="/search/"' in home
    assert "办登记" in home


def test_search_by_name_and_by_former_name(client: Client, entity: Entity) -> None:
    for words in ("绿豆", "邕江 商贸", "红豆"):
        found = page(client, f"/search/?q={words}")
        assert RENAMED in re.sub("</?mark[^>]*>", "", found)
        assert "共 1 个" in found


def test_a_code_leads_straight_to_the_entity(client: Client, entity: Entity) -> None:
    response = client.get("/search/", {"q": entity.uscc.lower()})
    assert response.status_code == 302
    assert response.headers["Location"] == f"/entity/{entity.uscc}/"


def test_nothing_found_says_what_to_do(client: Client, db: None) -> None:
    assert "分开" in page(client, "/search/?q=查无此名")
    assert "第 18 位校验码" in page(client, "/search/?q=91450102GX0000007X")
    assert "至少输入" in page(client, "/search/?q=豆")


def test_results_are_paged_and_counted(client: Client, db: None) -> None:
    for number in range(21):
        founded(name=f"南宁邕江{number:02}商贸有限公司")
    first = page(client, "/search/?q=邕江")
    assert "共 21 个" in first
    assert first.count('class="hd-results__item"') == 20
    onward = unescape(next(re.finditer(r'href="([^"]*after=[^"]*)"', first))[1])
    assert page(client, onward).count('class="hd-results__item"') == 1
    assert client.get("/search/?q=邕江&after=x").status_code == 302


def test_entity_page_shows_particulars_changes_and_no_person_ids(client: Client, entity: Entity) -> None:
    shown = page(client, f"/entity/{entity.uscc}/")
    for text in (
        RENAMED,
        "南宁邕江红豆商贸有限公司",
        "50 万元人民币",
        "南宁市兴宁区市场监督管理局",
        "变更登记",
    ):
        assert text in shown
    for hidden in (FOUNDER, LIAISON, "黄联络", "noindex", "快捷键"):
        assert str(hidden) not in shown


def test_what_older_data_left_out_is_not_made_up(client: Client, entity: Entity) -> None:
    assert "营业期限" in page(client, f"/entity/{entity.uscc}/")
    row = Row(
        "91450102MA5K00012D", 450102000, company(name="南宁旧豆厂", type="0000", established=FOUNDED), {}
    )
    with system_scope("测试"):
        bulk.write([bulk.line(1, row)], kind=VersionKind.IMPORT)
    shown = page(client, f"/entity/{row.uscc}/?as_of=2020-01-01")
    assert "营业期限" not in shown
    assert "法定代表人（负责人）" in shown


def test_entity_page_as_of_a_date_compares(client: Client, entity: Entity) -> None:
    shown = page(client, f"/entity/{entity.uscc}/?as_of=2020-04-30")
    assert "2020年4月30日的登记状态" in shown
    assert "不同" in shown
    assert "当时尚未成立" in page(client, f"/entity/{entity.uscc}/?as_of=2000-01-01")
    assert "例如 2020-05-01" in page(client, f"/entity/{entity.uscc}/?as_of=昨天")


def test_an_unknown_code_names_the_wrong_character(client: Client, db: None) -> None:
    assert "第 18 位校验码" in page(client, "/entity/91450102GX0000007X/", 404)
    assert "没有统一社会信用代码" in page(client, "/entity/91450102GX0000007C/", 404)


def test_licence_code_valid_then_superseded_then_revoked(client: Client, entity: Entity) -> None:
    _, token = issued(entity)
    assert "执照有效" in page(client, f"/verify/{token}")
    entity = changed(entity, date(2021, 1, 1), domicile=Domicile("南宁市兴宁区朝阳路9号", "450102"))
    superseded = page(client, f"/verify/{token}")
    assert "执照已被替换" in superseded
    assert entity.name in superseded
    _, token = issued(entity)
    actor = officer()
    with acting(actor):
        register.set_status(
            entity=entity, status="revoked", on=date(2022, 1, 1), reason="停业", case_id=None, actor=actor
        )
    assert "吊销" in page(client, f"/verify/{token}")


def test_a_lost_sheet_says_so_by_its_number(client: Client, entity: Entity) -> None:
    sheet, _ = issued(entity)
    actor = officer()
    with acting(actor):
        register.end_licence(
            licence=sheet,
            state=Licence.State.LOST,
            on=date(2022, 1, 1),
            reason="遗失",
            case_id=None,
            actor=actor,
        )
    assert "遗失" in page(client, f"/verify/?serial={sheet.serial.lower()}")
    assert "登记簿没有这张执照" in page(client, "/verify/?serial=X-1")


def test_a_forged_code_is_not_confirmed(client: Client, entity: Entity) -> None:
    _, token = issued(entity)
    forged = token[:-4] + ("AAAA" if not token.endswith("AAAA") else "BBBB")
    assert "不能确认" in page(client, f"/verify/{forged}", 400)
    assert "不能确认" in page(client, "/verify/x", 400)


def test_api_gives_the_public_state(client: Client, entity: Entity) -> None:
    body = client.get(f"/api/v1/entities/{entity.uscc}").json()
    assert body["name"] == RENAMED
    assert body["status"] == {"code": "active", "label": "存续"}
    assert body["authority"] == {"code": 450102000, "name": "南宁市兴宁区市场监督管理局"}
    assert body["former_names"] == [{"name": "南宁邕江红豆商贸有限公司", "until": "2020-05-01"}]
    text = json.dumps(body, ensure_ascii=False)
    assert not any(str(hidden) in text for hidden in (FOUNDER, LIAISON, "黄联络"))


def test_api_as_of_and_known_on(client: Client, entity: Entity) -> None:
    then = client.get(f"/api/v1/entities/{entity.uscc}", {"as_of": "2020-04-30"}).json()
    assert then["name"] == "南宁邕江红豆商贸有限公司"
    assert then["valid"] == {"from": "2015-03-02", "until": "2020-05-01"}
    before = client.get(f"/api/v1/entities/{entity.uscc}", {"known_on": "2019-01-01"})
    assert before.status_code == 404
    assert before.json()["type"].endswith("no-state")


def test_api_answers_304_until_something_changes(client: Client, entity: Entity) -> None:
    url = f"/api/v1/entities/{entity.uscc}"
    etag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304
    changed(entity, date(2021, 1, 1), name="南宁邕江黄豆商贸有限公司")
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "position"),
    [
        ("91450102GX0000007X", 400, 18),
        ("9145O102GX0000007C", 400, 5),
        ("9145", 400, None),
        ("91450102GX0000007C", 404, None),
    ],
)
def test_api_problems(client: Client, db: None, path: str, status: int, position: int | None) -> None:
    response = client.get(f"/api/v1/entities/{path}")
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    body = response.json()
    assert body["status"] == status
    if status == 400:
        assert body["errors"][0]["position"] == position


def test_api_names_the_bad_parameter_and_the_methods(client: Client, entity: Entity) -> None:
    url = f"/api/v1/entities/{entity.uscc}"
    assert client.get(url, {"known_on": "2020-13-01"}).json()["parameter"] == "known_on"
    refused = client.delete(url)
    assert refused.status_code == 405
    assert "GET" in refused.headers["Allow"]


def test_an_imported_flawed_code_is_found_and_its_flaw_told(client: Client, db: None) -> None:
    row = Row("91450102MA5K00012X", 450102000, company(established=FOUNDED), {"uscc_flawed": "第 18 位"})
    with system_scope("测试"):
        bulk.write([bulk.line(1, row)], kind=VersionKind.IMPORT)
    assert "不合 GB 32100" in page(client, f"/entity/{row.uscc}/")
    assert client.get(f"/api/v1/entities/{row.uscc}").json()["remarks"]
