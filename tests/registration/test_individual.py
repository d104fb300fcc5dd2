"""A shop registered at the counter of a station: on the spot, in the county bureau's name."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from pypdf import PdfReader

from hongdun.base.scope import system_scope
from hongdun.documents import queries as documents
from hongdun.register import queries as register
from tests.org import builders as org
from tests.registration import shops
from tests.registration.test_applicant_pages import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from hongdun.cases.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with mock.patch("hongdun.base.clock.today", return_value=date(2026, 11, 24)):
        yield


@pytest.fixture
def station() -> Client:
    return shops.officer()


def text_of(case: Case, kind: str) -> str:
    with system_scope("测试"):
        found = documents.of_case(case.id).filter(kind=kind).get()
        pages = PdfReader(BytesIO(documents.content(found))).pages
        return "".join("".join(page.extract_text() for page in pages).split())


def test_a_shop_without_a_name_is_registered_on_the_spot(station: Client) -> None:
    case = shops.taken_in(station)
    assert (case.organ, case.station, case.mode) == (org.NANHU_STATION, org.NANHU_STATION, "single")
    answer = station.post(f"/desk/counter/{case.number}/register/", {"signed": "1"})
    assert answer.status_code == 302
    with system_scope("测试"):
        case.refresh_from_db()
        assert case.closed
        assert case.outcome == "archive"
    entity = register.latest(register.current(_uscc(case))).entity  # type: ignore[arg-type]
    assert entity.uscc.startswith("92450103")
    assert (entity.organ, entity.station) == (org.QINGXIU, org.NANHU_STATION)
    assert entity.name == f"个体工商户{shops.OPERATOR}"
    licence = text_of(case, "licence_original")
    for words in ("＊＊＊", "个人经营", "经营者", "青秀区市场监督管理局", "餐饮服务"):
        assert words in licence
    assert "承办" not in licence


def _uscc(case: Case) -> str:
    with system_scope("测试"):
        from hongdun.register.models import Entity

        return Entity.objects.get(pk=case.entity).uscc


def test_it_is_not_registered_before_the_application_is_signed(station: Client) -> None:
    case = shops.taken_in(station)
    answer = station.post(f"/desk/counter/{case.number}/register/")
    assert answer.status_code == 409
    assert "签字后勾选" in answer.content.decode()


def test_the_application_on_paper_says_everything_that_is_signed(station: Client) -> None:
    case = shops.taken_in(station)
    answer = station.get(f"/desk/counter/{case.number}/application.pdf")
    pages = PdfReader(BytesIO(answer.content)).pages
    text = "".join("".join(page.extract_text() for page in pages).split())
    for words in (shops.number(2), shops.OPERATOR, "长湖路18号3号铺面", "餐饮服务", "申请人签字"):
        assert words in text
    assert answer.headers["Cache-Control"] == "no-store"


def test_two_shops_without_a_name_do_not_stand_in_each_others_way(station: Client) -> None:
    first = shops.registered(station)
    second = shops.registered(station, **{"operator-id_number": shops.number(29)})
    assert first.name == second.name
    assert first.uscc != second.uscc


def test_a_name_that_is_borne_is_refused_at_once(station: Client) -> None:
    shops.registered(station, **{"name-name": "南宁市青秀区阿红米粉店"})
    answer = station.post(
        "/desk/counter/individual/new/", shops.sheet(**{"name-name": "南宁市青秀区阿红米粉店"})
    )
    assert answer.status_code == 422
    assert "第十七条" in answer.content.decode()


def test_a_family_business_names_its_members_for_the_authority_alone(station: Client) -> None:
    relative = {"name": "韦大山", "id_number": shops.number(45)}
    entity = shops.registered(station, **rows("relative", relative))
    state = register.latest(entity).particulars
    assert state.composition == "家庭经营"
    assert [each.role for each in state.people] == ["operator"]
    assert "韦大山" not in station.get(entity.get_absolute_url()).content.decode()


def test_pressing_twice_makes_one_case(station: Client) -> None:
    from uuid import uuid4

    key = str(uuid4())
    assert shops.taken_in(station, submission=key).pk == shops.taken_in(station, submission=key).pk


@pytest.mark.parametrize(("received", "late", "status"), [
    ("2026-11-24", "", 302), ("2026-11-23", "", 422), ("2026-11-23", "停电，当日手工收件", 302), ("2026-11-25", "", 422),
])  # fmt: skip
def test_an_earlier_day_of_receipt_wants_its_reason(
    station: Client, received: str, late: str, status: int
) -> None:
    typed = shops.sheet(**{"receipt-received": received, "receipt-late": late})
    assert station.post("/desk/counter/individual/new/", typed).status_code == status


def test_a_clerk_of_the_bureau_takes_in_and_the_station_decides(station: Client) -> None:
    clerk = shops.officer("qx.clerk", "clerk", org.QINGXIU)
    case = shops.taken_in(clerk)
    page = clerk.get(f"/desk/counter/{case.number}/").content.decode()
    assert "监管所" in page
    assert clerk.post(f"/desk/counter/{case.number}/register/", {"signed": "1"}).status_code == 409
    assert station.post(f"/desk/counter/{case.number}/register/", {"signed": "1"}).status_code == 302
