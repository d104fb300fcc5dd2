from __future__ import annotations

import re
from datetime import UTC, date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from hongdun.base.scope import acting, system_scope
from hongdun.documents import numbers, signing
from hongdun.documents.errors import BadToken
from hongdun.lib.entityrows import Row
from hongdun.lib.particulars import Domicile
from hongdun.register import actions as register
from hongdun.register.actions import bulk
from hongdun.register.models import VersionKind
from tests.portal.builders import NUMBER, forget_papers, number_on
from tests.register.builders import FOUNDER, LIAISON, changed, company, founded, officer

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.register.models import Entity

pytestmark = pytest.mark.django_db
RENAMED = "南宁邕江绿豆商贸有限公司"
FIRST_NAME = "南宁邕江红豆商贸有限公司"


@pytest.fixture
def entity(db: None) -> Entity:
    return changed(founded(), date(2020, 5, 1), name=RENAMED)


def download(client: Client, entity: Entity, query: str = "") -> bytes:
    response = client.get(f"/entity/{entity.uscc}/extract.pdf{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    return response.content


def words(pdf: bytes) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def test_it_says_what_the_register_says_and_is_signed(client: Client, entity: Entity) -> None:
    pdf = download(client, entity)
    text = words(pdf)
    for part in (
        RENAMED,
        FIRST_NAME,
        entity.uscc,
        "50万元人民币",
        "覃红豆",
        "法定代表人",
        "变更登记",
        "第1页，共",
    ):
        assert part in text
    assert signing.verify_pdf(pdf).ok
    for hidden in (FOUNDER, LIAISON, "黄联络"):
        assert str(hidden) not in text


def test_of_a_past_day_it_says_nothing_later(client: Client, entity: Entity) -> None:
    text = words(download(client, entity, "?as_of=2020-04-30"))
    assert "2020年4月30日的登记信息" in text
    assert FIRST_NAME in text
    assert RENAMED not in text


def test_the_same_content_is_the_same_paper_and_a_change_makes_another(
    client: Client, entity: Entity
) -> None:
    first = download(client, entity)
    assert download(client, entity) == first
    changed(entity, date(2021, 1, 1), domicile=Domicile("南宁市兴宁区朝阳路9号", "450102"))
    assert number_on(download(client, entity)) != number_on(first)


def test_whoever_has_the_paper_gets_304(client: Client, entity: Entity) -> None:
    url = f"/entity/{entity.uscc}/extract.pdf"
    etag = client.get(url).headers["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("?as_of=2000-01-01", 404, "当时尚未成立"),
        ("?as_of=1700-01-01", 404, "当时尚未成立"),
        ("?as_of=2999-01-01", 404, "不能晚于今天"),
        ("?known_on=2019-01-01", 404, "还没有记载"),
        ("?as_of=昨天", 400, "例如 2020-05-01"),
    ],
)
def test_days_without_an_extract_say_why(
    client: Client, entity: Entity, query: str, status: int, words: str
) -> None:
    response = client.get(f"/entity/{entity.uscc}/extract.pdf{query}")
    assert response.status_code == status
    assert words in response.content.decode()


def test_an_unknown_code_names_the_wrong_character(client: Client, db: None) -> None:
    response = client.get("/entity/91450102GX0000007X/extract.pdf")
    assert "第 18 位校验码" in response.content.decode()


def test_its_number_verifies_by_code_and_by_hand(client: Client, entity: Entity) -> None:
    number = number_on(download(client, entity))
    for url in (f"/verify/{number}", f"/verify/?serial={number.lower().replace('-', ' ')}"):
        page = client.get(url).content.decode()
        assert "摘录是真的" in page
        assert "没有变化" in page
        assert RENAMED in page


def test_a_later_change_is_told(client: Client, entity: Entity) -> None:
    number = number_on(download(client, entity, "?as_of=2020-06-01"))
    changed(entity, date(2021, 1, 1), domicile=Domicile("南宁市兴宁区朝阳路9号", "450102"))
    page = client.get(f"/verify/{number}").content.decode()
    assert "登记簿后来有变化" in page
    assert "与现在不同的事项：住所。" in page
    assert "对这一天的记载" not in page


def test_a_later_correction_of_that_day_is_told(client: Client, entity: Entity) -> None:
    number = number_on(download(client, entity, "?as_of=2016-01-01"))
    actor = officer()
    with acting(actor):
        register.correct(
            entity=entity,
            items={"representative": "覃绿豆"},
            valid_from=date(2015, 3, 2),
            reason="录入有误",
            case_id=None,
            actor=actor,
        )
    assert "对这一天的记载" in client.get(f"/verify/{number}").content.decode()


def test_a_changed_number_is_not_confirmed(client: Client, entity: Entity) -> None:
    number = number_on(download(client, entity))
    for place in (0, 20, 26, 40, len(number) - 1):
        other = "2" if number[place] != "2" else "3"
        response = client.get(f"/verify/{number[:place]}{other}{number[place + 1 :]}")
        assert response.status_code == 400, place
        assert "不能确认这份摘录" in response.content.decode()


def test_a_number_says_what_it_was_made_of() -> None:
    made = datetime(2026, 11, 24, 3, 4, 5, 678901, tzinfo=UTC)
    for known in (None, date(2026, 11, 23)):
        extract = numbers.Extract(
            uscc="91450102GX0000007C", as_of=date(1850, 1, 2), known_on=known, made=made
        )
        number = numbers.number_of(extract)
        assert NUMBER.fullmatch(number)
        assert numbers.read(number) == extract
        misread = number[:18] + number[18:].replace("0", "O").replace("1", "l")
        assert numbers.read(misread.lower()) == extract
    with pytest.raises(BadToken):
        numbers.read("91450102GX0000007C-UUUUU")


@given(
    as_of=st.dates(date(1800, 1, 2), date(2150, 1, 1)),
    known_on=st.none() | st.dates(date(1800, 1, 2), date(2150, 1, 1)),
    made=st.datetimes(datetime(2000, 1, 1), datetime(2070, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    place=st.integers(0, 53),
    other=st.sampled_from(numbers.ALPHABET),
)
def test_any_number_is_read_back_and_none_with_a_changed_character(
    as_of: date, known_on: date | None, made: datetime, place: int, other: str
) -> None:
    extract = numbers.Extract(uscc="91450102GX0000007C", as_of=as_of, known_on=known_on, made=made)
    number = numbers.number_of(extract)
    assert numbers.read(number) == extract
    if number[place] not in {other, "-"}:
        with pytest.raises(BadToken):
            numbers.read(number[:place] + other + number[place + 1 :])


def test_an_extract_of_imported_data_does_not_make_up_a_term(client: Client, db: None) -> None:
    row = Row("91450102MA5K00012D", 450102000, company(name="南宁旧豆厂", type="0000"), {})
    with system_scope("测试"):
        bulk.write([bulk.line(1, row)], kind=VersionKind.IMPORT)
    pdf = client.get(f"/entity/{row.uscc}/extract.pdf").content
    assert "营业期限" not in words(pdf)
    assert "营业期限" not in client.get(f"/verify/{number_on(pdf)}").content.decode()


def test_what_no_font_has_is_marked_not_refused(client: Client, db: None) -> None:
    row = Row(
        "91450102MA5K00012D", 450102000, company(name="南宁\ue000旧厂", domicile=Domicile("𮧵路1号")), {}
    )
    with system_scope("测试"):
        bulk.write([bulk.line(1, row)], kind=VersionKind.IMPORT)
    text = words(client.get(f"/entity/{row.uscc}/extract.pdf").content)
    assert "南宁〓旧厂" in text
    assert "U+E000、U+2E9F5" in text


def test_a_long_history_runs_over_pages(client: Client, entity: Entity) -> None:
    for number in range(1, 13):
        changed(entity, date(2021, number, 1), domicile=Domicile(f"南宁市兴宁区朝阳路{number}号", "450102"))
    pages = PdfReader(BytesIO(download(client, entity))).pages
    assert len(pages) > 1
    assert f"第{len(pages)}页，共{len(pages)}页" in re.sub(r"\s+", "", pages[-1].extract_text())


@pytest.fixture(autouse=True)
def _fresh() -> None:
    forget_papers()
