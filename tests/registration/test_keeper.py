"""A shop-keeper on the phone: founds the shop, changes it, closes it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hongdun.base.scope import acting
from hongdun.cases import actions as cases
from hongdun.register.models import Entity
from tests.org import builders as org
from tests.register import builders as registered
from tests.registration import builders, shops
from tests.registration.test_applicant_pages import PASSWORD, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]

TODAY = date(2026, 11, 24)


@pytest.fixture
def day() -> Iterator[mock.Mock]:
    with mock.patch("hongdun.base.clock.today", return_value=TODAY) as today:
        yield today


@pytest.fixture
def station(day: mock.Mock) -> Client:
    return shops.officer()


@pytest.fixture
def keeper(day: mock.Mock) -> Client:
    client = Client()
    person = {"name": shops.OPERATOR, "id_number": shops.number(2), "phone": "13800000002"}
    assert client.post("/account/register/", person | PASSWORD).status_code == 302
    return client


def fill(client: Client, filing: str, topics: dict[str, dict[str, Any]], query: str = "") -> Case:
    draft = client.post(f"/apply/new/{filing}/{query}").headers["Location"]
    for code, typed in topics.items():
        answer = client.post(f"{draft}{code}/", typed)
        assert answer.status_code == 302, f"{code}: {shops._complaints(answer.content.decode())}"
    answer = client.post(f"{draft}check/")
    assert answer.status_code == 302, answer.content.decode()
    return shops.case_of(f"/my{answer.headers['Location']}")


def paper(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", builders.tiny_pdf(), "application/pdf")


def shop_topics() -> dict[str, dict[str, Any]]:
    return {
        "operator": {"home": "南宁市青秀区长湖路 18 号", "composition": "personal", **rows("relative")},
        "county": {"organ": org.QINGXIU},
        "domicile": {"station": org.NANHU_STATION, "address": shops.ADDRESS},
        "scope": {"chosen": ["餐饮服务"], "more": ""},
        "name": {"name": ""},
        "documents": {"applicant_identity": paper("身份证"), "domicile": paper("租赁合同")},
    }


def test_a_shop_is_founded_on_the_phone_and_closed_by_its_keeper(keeper: Client, station: Client) -> None:
    case = fill(keeper, "individual_establishment", shop_topics())
    assert (case.organ, case.title) == (org.NANHU_STATION, f"个体工商户{shops.OPERATOR}")
    actor = builders.officer("station", organ=org.NANHU_STATION)
    with acting(actor):
        case = cases.finish_step(case.number, "decide", cases.Decision("register"), actor=actor)
    entity = Entity.objects.get(pk=case.entity)
    page = keeper.get(f"/entity/{entity.uscc}/filings/").content.decode()
    assert "个体工商户简易注销登记" in page
    closing_topics = {"entity": {"uscc": entity.uscc}, "closing": {"reason": "stopped", "undertaking": "on"}}
    fill(keeper, "individual_simple_cancellation", closing_topics, query=f"?uscc={entity.uscc}")
    assert "正在办理" in keeper.get(f"/entity/{entity.uscc}/filings/").content.decode()
    assert station.get(f"/entity/{entity.uscc}/filings/").status_code == 200


def test_a_stranger_files_nothing_for_anothers_shop(keeper: Client, station: Client) -> None:
    entity = shops.registered(station, **{"operator-name": "黄大伟", "operator-id_number": shops.number(61)})
    draft = keeper.post("/apply/new/individual_change/").headers["Location"]
    answer = keeper.post(f"{draft}entity/", {"uscc": entity.uscc})
    assert answer.status_code == 422
    assert "持委托书到窗口" in answer.content.decode()
    assert keeper.get(f"/entity/{entity.uscc}/filings/").status_code == 403


def test_the_keeper_changes_the_shop_on_the_phone(keeper: Client, station: Client) -> None:
    entity = shops.registered(station)
    page = keeper.post(f"/apply/new/individual_change/?uscc={entity.uscc}").headers["Location"]
    assert entity.uscc in keeper.get(f"{page}entity/").content.decode()
    topics = {
        "entity": {"uscc": entity.uscc},
        "wanted": {
            "name": "南宁市青秀区阿红米粉店", "undertaking": "on", "address": shops.ADDRESS,
            "scope": "许可项目：餐饮服务。", "composition": "", **rows("relative"),
        },
        "documents": {},
    }  # fmt: skip
    case = fill(keeper, "individual_change", topics)
    decide_page = station.get(f"/cases/{case.number}/decide/").content.decode()
    assert "南宁市青秀区阿红米粉店" in decide_page
    answer = station.post(f"/cases/{case.number}/decide/", {"outcome": "register"})
    assert answer.status_code == 302
    assert Entity.objects.get(pk=entity.pk).name == "南宁市青秀区阿红米粉店"


def test_a_name_of_old_rules_stays_while_something_else_is_changed(keeper: Client, station: Client) -> None:
    entity = registered.changed(shops.registered(station), TODAY, name="青秀区永驰鼎鞋店")
    page = keeper.post(f"/apply/new/individual_change/?uscc={entity.uscc}").headers["Location"]
    assert "不能使用" not in keeper.get(f"{page}wanted/").content.decode()
    typed = {
        "name": entity.name,
        "address": shops.ADDRESS,
        "scope": "一般项目：鞋帽零售。",
        "composition": "",
    }
    assert keeper.post(f"{page}wanted/", typed | rows("relative")).status_code == 302
    answer = keeper.post(f"{page}wanted/", typed | {"name": "青秀区永驰鼎鞋帽店"} | rows("relative"))
    assert "须同时冠以" in answer.content.decode()
