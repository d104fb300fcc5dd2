"""Runs of the printer and the stock of blanks: each licence once, each number once, stopped at any moment."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases.actions import Refused
from hongdun.documents import queries as documents
from hongdun.documents.errors import DoesNotFit
from hongdun.register.models import Licence
from hongdun.registration.licence import blanks, printing
from hongdun.registration.licence.models import Blank, Delivery
from tests.org import builders as org
from tests.registration import changes as build
from tests.registration import sheets

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


@pytest.fixture
def entity() -> Entity:
    return build.company(with_licence=True)


def approved(client: Client, entity: Entity, count: int = 2) -> Case:
    case = sheets.apply(client, entity, "licence_copies", {"count": count, "purpose": "招投标"})
    build.approve(case)
    return case


def used() -> dict[str, str]:
    """By serial of the blank, the last digits of what is printed on it."""
    with system_scope("测试"):
        held = Blank.objects.filter(state="used").select_related("licence")
        return {each.serial: each.licence.serial[-3:] for each in held if each.licence}


def begun(*cases: Case) -> UUID:
    with acting(sheets.counter()) as actor:
        return printing.begin([sheets.delivery_of(each).pk for each in cases], actor=actor).pk


def test_what_is_chosen_is_printed_on_the_lowest_numbers_in_their_order(entity: Entity) -> None:
    case = approved(build.agent(), entity)
    sheets.stock(duplicates=5, originals=1)
    run = sheets.printed(case)
    assert used() == {"F000001": "003", "F000002": "004"}
    with system_scope("测试"):
        paper = documents.document(run.duplicates)
        assert paper
        pages = PdfReader(BytesIO(documents.content(paper))).pages
    assert ["（2）" in "".join(page.extract_text().split()) for page in pages] == [True, False]
    assert "（3）" in "".join(pages[1].extract_text().split())
    assert run.originals is None


def test_without_enough_blanks_nothing_begins(entity: Entity) -> None:
    case = approved(build.agent(), entity)
    sheets.stock(duplicates=1)
    with pytest.raises(Refused, match="空白副本库存 1 张，所选的执照需要 2 张"):
        begun(case)
    assert sheets.delivery_of(case).run_id is None
    sheets.stock(duplicates=1, first=2)
    begun(case)


def test_chosen_twice_it_is_in_one_run(entity: Entity) -> None:
    case = approved(build.agent(), entity)
    sheets.stock(duplicates=4)
    begun(case)
    with pytest.raises(Refused, match="都已经在制"):
        begun(case)


def test_a_run_that_was_killed_goes_on_and_makes_each_licence_once(entity: Entity) -> None:
    client = build.agent()
    first, second = approved(client, entity), approved(client, entity, 1)
    sheets.stock(duplicates=3)
    run = begun(first, second)
    real = blanks.take

    def power_cut(*args: object, **kwargs: object) -> object:
        if sheets.delivery_of(first).printed:
            raise SystemExit
        return real(*args, **kwargs)  # type: ignore[arg-type]

    with mock.patch.object(blanks, "take", power_cut), pytest.raises(SystemExit):
        printing.print_run(run)
    assert sheets.states(entity).keys() == {"001", "002", "003", "004"}
    printing.print_run(run)
    printing.print_run(run)
    assert used() == {"F000001": "003", "F000002": "004", "F000003": "005"}
    assert len(sheets.sheets_of(entity)) == 5


def test_what_can_not_be_printed_is_told_and_keeps_nobody_else_waiting(entity: Entity) -> None:
    client = build.agent()
    bad, good = approved(client, entity, 1), approved(client, entity, 1)
    sheets.stock(duplicates=2)
    run = begun(bad, good)
    real, wrong = printing.make_sheets, DoesNotFit("经营范围", 6000)

    def printer(case: Case, **kwargs: object) -> object:
        if case.pk == bad.pk:
            raise wrong
        return real(case, **kwargs)  # type: ignore[arg-type]

    with mock.patch.object(printing, "make_sheets", printer):
        printing.print_run(run)
    assert "印不下" in sheets.delivery_of(bad).problem
    assert sheets.delivery_of(good).printed
    with acting(sheets.counter()) as actor:
        held = sheets.delivery_of(bad).run
        assert held
        assert printing.retry(held, actor=actor) == 1
        assert list(printing.to_print(actor).values_list("pk", flat=True)) == [sheets.delivery_of(bad).pk]


def test_another_bureau_finds_nothing_to_print(entity: Entity) -> None:
    case = approved(build.agent(), entity)
    with acting(sheets.counter(build.XIANGSHAN)) as actor, pytest.raises(Refused, match="都已经在制"):
        printing.begin([sheets.delivery_of(case).pk], actor=actor)


def test_a_number_is_received_once_anywhere() -> None:
    sheets.stock(originals=3)
    with pytest.raises(Refused, match=r"编号 Z000003 已于 .* 入库"):
        sheets.stock(originals=3, first=3)
    with pytest.raises(Refused, match="已由别的机关入库"):
        sheets.stock(originals=1, organ=build.XIANGSHAN)
    with system_scope("测试"):
        assert Blank.objects.count() == 3


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("A001", "B002", "前缀和位数应当相同"), ("A01", "A001", "前缀和位数应当相同"), ("A002", "A001", "止号应当不小于起号"),
        ("A00001", "A05001", "一次最多入库 5000 张"), ("甲1", "甲2", "以数字结尾"), ("A", "A", "以数字结尾"),
    ],
)  # fmt: skip
def test_what_is_no_range_is_refused(first: str, last: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        blanks.serials(first, last)


@given(start=st.integers(0, 99_000), count=st.integers(1, 5000))
@settings(max_examples=50)
def test_a_range_holds_each_number_once_in_order(start: int, count: int) -> None:
    found = blanks.serials(f"k{start:06d}", f"K{start + count - 1:06d}")
    assert len(found) == len(set(found)) == count
    assert found == sorted(found)


def test_the_database_lets_no_sheet_lie_on_two_blanks(entity: Entity) -> None:
    sheets.stock(originals=2)
    with system_scope("测试"):
        [original, _] = Licence.objects.filter(entity=entity).order_by("serial")
        first, second = Blank.objects.order_by("serial")
        for each in (first, second):
            each.state, each.used, each.licence = Blank.State.USED, clock.today(), original
        first.save()
        with pytest.raises(IntegrityError, match="blank_one_of_a_sheet"), transaction.atomic():
            second.save()


def test_a_spoilt_blank_keeps_its_reason_and_the_sheet_goes_onto_the_next(entity: Entity) -> None:
    case = approved(build.agent(), entity, 1)
    sheets.stock(duplicates=2)
    sheets.printed(case)
    with acting(sheets.counter()) as actor:
        jammed = Blank.objects.get(serial="F000001")
        fresh = blanks.spoil(jammed, reason="卡纸、破损", again=True, actor=actor)
        assert fresh
        assert fresh.serial == "F000002"
        with pytest.raises(Refused, match=r"已于 .* 作废（卡纸、破损）"):
            blanks.spoil(jammed, reason="打印错误", again=False, actor=actor)
    assert used() == {"F000002": "003"}


def test_the_stock_is_counted_over_any_days(entity: Entity) -> None:
    case = approved(build.agent(), entity)
    today = clock.today()
    month_ago = today - timedelta(days=30)
    with mock.patch("hongdun.base.clock.today", return_value=month_ago):
        sheets.stock(duplicates=10)
        with acting(sheets.counter()) as actor:
            blanks.spoil(Blank.objects.get(serial="F000010"), reason="缺号", again=False, actor=actor)
    sheets.printed(case)
    with acting(sheets.counter()) as actor:
        blanks.spoil(Blank.objects.get(serial="F000001"), reason="打印错误", again=True, actor=actor)
        assert actor.organ
        originals, duplicates = blanks.counts(actor.organ, since=today, until=today)
        before = blanks.counts(actor.organ, since=month_ago, until=today - timedelta(days=1))[1]
    assert (originals.before, originals.left) == (0, 0)
    assert (before.before, before.received, before.used, before.spoilt, before.left) == (0, 10, 0, 1, 9)
    assert (duplicates.before, duplicates.received, duplicates.used, duplicates.spoilt) == (9, 0, 2, 1)
    assert duplicates.left == 6
    assert duplicates.left == blanks.in_stock(build.QINGXIU, "duplicate")


def test_the_pages_choose_print_and_show_how_far_it_is(entity: Entity) -> None:
    case = approved(build.agent(), entity, 1)
    client = org_client("counter")
    page = client.get("/desk/licences/").content.decode()
    assert case.number in page
    held = sheets.delivery_of(case)
    answer = client.post("/desk/licences/", {"licence": held.pk})
    assert answer.status_code == 409
    assert "请先入库" in answer.content.decode()
    typed = {"copy": "duplicate", "first": "N01", "last": "N03"}
    assert client.post("/desk/blanks/", typed).status_code == 302
    assert client.post("/desk/blanks/", typed).status_code == 422
    answer = client.post("/desk/licences/", {"all": "1"})
    address = answer.headers["Location"]
    assert "正在制作" in client.get(address).content.decode()
    printing.print_run(sheets.delivery_of(case).run_id)  # type: ignore[arg-type]
    part = client.get(f"{address}?part").content.decode()
    assert "已制 <strong>1</strong> 件" in part
    assert "<html" not in part
    assert "副本（A4，PDF）" in part
    assert str(address) in client.get("/desk/licences/runs/").content.decode()
    with system_scope("测试"):
        blank = Blank.objects.get(serial="N01")
        run = sheets.delivery_of(case).run
        assert run
    assert client.get(f"/documents/{run.duplicates}/").status_code == 200
    assert entity.name in client.get(f"/desk/blanks/{blank.pk}/").content.decode()
    answer = client.post(f"/desk/blanks/{blank.pk}/", {"kind": "jam", "words": "", "again": "on"})
    assert answer.status_code == 302
    assert used() == {"N02": "003"}


def org_client(role: str) -> Client:
    from django.test import Client

    client = Client()
    org.enter(client, org.an_actor(role, organ=build.QINGXIU, login=f"qx.{role}"))
    return client


def test_pages_of_a_list_follow_one_another_without_gap(entity: Entity) -> None:
    client = org_client("counter")
    with system_scope("测试"):
        Licence.objects.filter(entity=entity).update(state="superseded")
        [one, _] = sheets.sheets_of(entity)
        Licence.objects.bulk_create(
            Licence(entity=entity, serial=f"{entity.uscc}-{n:03d}", copy="duplicate", duplicate_no=n, issued_on=one.issued_on,
                    version=1, state="due", state_since=one.issued_on, organ=entity.organ) for n in range(100, 170)
        )  # fmt: skip
    seen, address = [], "/desk/licences/old/"
    while address:
        page = client.get(address).content.decode()
        seen += [n for n in range(100, 170) if f"{entity.uscc}-{n:03d}</span>" in page]
        rest = (
            page.partition("?after=")[2].partition('"')[0] if "?after=" in page and "下一页" in page else ""
        )
        address = f"/desk/licences/old/?after={rest}" if rest else ""
    assert seen == list(range(100, 170))


def test_who_prints_twice_at_once_gets_different_numbers(entity: Entity) -> None:
    client = build.agent()
    cases = [approved(client, entity, 1), approved(client, entity, 1)]
    sheets.stock(duplicates=2)
    for case in cases:
        sheets.printed(case)
    assert sorted(used()) == ["F000001", "F000002"]
    with system_scope("测试"):
        assert Delivery.objects.filter(printed=None).count() == 0
