"""A page of an entity is kept as long as nothing that it shows has changed."""

from __future__ import annotations

from datetime import date
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from hongdun.base import clock, sections, wire
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.base.sections import Section
from hongdun.consumer.publicity.models import OdrMember
from hongdun.portal.lane import pages
from hongdun.portal.queries.reading import LISTED
from hongdun.register import actions as register
from hongdun.register.models import Entity
from hongdun.registration.models import DecreaseNotice, LiquidationNotice, PublicNotice
from tests.portal import builders
from tests.portal.ahead import django, page, revoked
from tests.portal.wsgi import ask
from tests.register.builders import FOUNDED, changed, founded, officer

if TYPE_CHECKING:
    from tests.portal.ahead import Counted, Fronted

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_a_page_is_rendered_once_and_then_kept(lane: Fronted, behind: Counted) -> None:
    entity = founded()
    first, again = ask(lane, page(entity)), ask(lane, page(entity))
    assert first == again == ask(django, page(entity))
    assert behind.calls == 1
    assert ask(lane, page(entity), HTTP_X_REQUEST_ID="another-one").header("X-Request-Id") == "another-one"
    ask(lane, page(entity), HTTP_COOKIE="sessionid=abc")
    assert behind.calls == 2


def test_a_head_is_not_kept_for_others(lane: Fronted) -> None:
    entity = founded()
    ask(lane, page(entity), "HEAD")
    assert b"</html>" in ask(lane, page(entity)).body


def _licence_issued(entity: Entity) -> None:
    actor = officer()
    with acting(actor):
        register.record_licence(entity=entity, copy="original", on=FOUNDED, case_id=None, actor=actor)


def _branch_founded(entity: Entity) -> None:
    founded(name=f"{entity.name}第一分公司")


def _decrease_announced(entity: Entity) -> None:
    with system_scope("测试"):
        DecreaseNotice.objects.create(
            entity=entity, case_id=uuid7(), resolved=FOUNDED, published=clock.today(), until=clock.today(), before=50,
            capital=30, currency="CNY", contact="0771-5500000",
        )  # fmt: skip


def _liquidation_announced(entity: Entity) -> None:
    with system_scope("测试"):
        LiquidationNotice.objects.create(
            entity=entity, case_id=uuid7(), founded=FOUNDED, head="韦丽华", members="韦丽华", contact="0771-5500000",
            published=clock.today(), until=clock.today(),
        )  # fmt: skip


def _notice_published(entity: Entity) -> None:
    with system_scope("测试"):
        PublicNotice.objects.create(
            organ=entity.organ, case_id=uuid7(), uscc=entity.uscc, name=entity.name, text="申请简易注销",
            since=clock.today(), until=clock.today(),
        )  # fmt: skip


def _odr_joined(entity: Entity) -> None:
    with system_scope("测试"):
        OdrMember.objects.create(entity=entity.pk, organ=entity.organ, since=clock.today(), contact="客服部")


CHANGES = {
    "decrease notice": _decrease_announced,
    "liquidation": _liquidation_announced,
    "public notice": _notice_published,
    "online disputes": _odr_joined,
    "branch": _branch_founded,
    "change": lambda entity: changed(entity, date(2021, 1, 1), name="南宁邕江黄豆商贸有限公司"),
    "past correction": lambda entity: changed(entity, date(2016, 1, 1), representative="覃绿豆"),
    "status": revoked,
    "licence": _licence_issued,
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_page_shows_renews_it(change: str, lane: Fronted, behind: Counted) -> None:
    entity = founded()
    before = ask(lane, page(entity))
    CHANGES[change](entity)
    after = ask(lane, page(entity))
    assert after == ask(django, page(entity))
    assert after.body != before.body
    assert behind.calls == 2


def test_a_change_of_a_branch_renews_the_page(lane: Fronted, behind: Counted) -> None:
    entity = founded()
    branch = founded(name=f"{entity.name}第一分公司")
    assert "吊销" not in ask(lane, page(entity)).body.decode()
    revoked(branch)
    assert "吊销" in ask(lane, page(entity)).body.decode()
    assert behind.calls == 2


def test_a_branch_beyond_those_that_are_listed_renews_the_page_too(lane: Fronted, behind: Counted) -> None:
    """It changes how many there are."""
    entity = founded()
    builders.branches(entity, LISTED + 1)
    assert ask(lane, page(entity)) == ask(lane, page(entity))
    founded(name=f"{entity.name}第九九九分公司")
    assert ask(lane, page(entity)) == ask(lane, page(entity)) == ask(django, page(entity))
    assert behind.calls == 2


def test_pages_with_sections_of_other_apps_are_left_to_django(
    lane: Fronted, behind: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = founded()
    monkeypatch.setattr(sections, "SECTIONS", [Section("more", "更多", "more.html", 95, lambda _: None)])
    for calls in (1, 2):
        ask(lane, page(entity))
        assert behind.calls == calls


def test_a_new_directory_of_organs_renews_pages_within_a_minute(
    lane: Fronted, behind: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity = founded()
    ask(lane, page(entity))
    monkeypatch.setattr(pages, "DIRECTORY", wire.Statement("SELECT 'another'"))
    ask(lane, page(entity))
    assert behind.calls == 1
    monkeypatch.setattr(pages, "monotonic", lambda: monotonic() + pages.ORGAN_SECONDS + 1)
    ask(lane, page(entity))
    assert behind.calls == 2


def test_the_page_of_a_branch_shows_its_parent_as_it_is(lane: Fronted, behind: Counted) -> None:
    parent = founded()
    builders.branches(parent, 1)
    branch = Entity.objects.get(name__startswith=parent.name, name__endswith="分公司")
    assert parent.name in ask(lane, page(branch)).body.decode()
    ask(lane, page(branch))
    assert behind.calls == 1
    revoked(parent)
    assert ask(lane, page(branch)) == ask(django, page(branch))
    assert behind.calls == 2


def test_the_next_day_renews_a_page(lane: Fronted, behind: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    entity = founded()
    ask(lane, page(entity))
    monkeypatch.setattr(pages, "today", lambda: date(2100, 1, 1))
    ask(lane, page(entity))
    assert behind.calls == 2


def test_kept_pages_take_no_more_room_than_they_may() -> None:
    kept = pages.Pages(most_bytes=10)
    for code in "abc":
        kept.keep(code, pages.Page("1", [], b"12345"))
    assert [code for code in "abc" if kept.get(code, "1")] == ["b", "c"]
    kept.get("b", "1")
    kept.keep("d", pages.Page("1", [], b"12345"))
    assert [code for code in "bcd" if kept.get(code, "1")] == ["b", "d"]
    kept.keep("b", pages.Page("2", [], b"1"))
    assert (kept.bytes, kept.get("b", "1")) == (6, None)
