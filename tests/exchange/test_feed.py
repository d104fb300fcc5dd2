"""The public feed: in order, without gaps, with public facts only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.exchange.actions import feed
from hongdun.exchange.models import Change
from hongdun.exchange.queries import changes
from hongdun.outbox.actions import publish
from hongdun.outbox.models import Message
from hongdun.register import actions as register
from tests.exchange.builders import deliver, positions, told
from tests.register.builders import changed, company, founded, officer

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


def test_changes_of_different_kinds_keep_their_order() -> None:
    one = founded()
    changed(one, date(2020, 1, 1), name="南宁邕江绿豆商贸有限公司")
    founded(name="柳州红豆商贸有限公司")
    actor = officer()
    with acting(actor):
        register.set_status(
            entity=one, status="suspended", on=date(2021, 1, 1), reason="停业", case_id=None, actor=actor
        )
    changed(one, date(2022, 1, 1), name="南宁邕江黑豆商贸有限公司")
    deliver()
    assert told() == [
        (1, "register.established", "南宁邕江红豆商贸有限公司"),
        (2, "register.changed", "南宁邕江绿豆商贸有限公司"),
        (3, "register.established", "柳州红豆商贸有限公司"),
        (4, "register.status_changed", "南宁邕江绿豆商贸有限公司"),
        (5, "register.changed", "南宁邕江黑豆商贸有限公司"),
    ]


def test_only_public_facts_go_out() -> None:
    one = founded()
    changed(one, date(2020, 1, 1), representative="韦新", people=company().people)
    deliver()
    [first, second] = map(changes.as_json, changes.page(0, 10))
    assert first | {"at": ""} == {
        "position": 1, "at": "", "topic": "register.established", "uscc": one.uscc,
        "name": "南宁邕江红豆商贸有限公司", "version": 1, "entity": f"/api/v1/entities/{one.uscc}",
        "on": "2015-03-02",
    }  # fmt: skip
    assert second["items"] == ["representative"]
    assert set(second) == {*first, "items"}


def test_a_bulk_import_is_one_change_a_chunk() -> None:
    with system_scope("测试"):
        publish(
            "register.imported", organ=450_000_000, run="r1", source="s", chunk=0,
            counts={"imported": 4000, "remarked": 900, "refused": 100},
        )  # fmt: skip
    deliver()
    [only] = map(changes.as_json, changes.page(0, 10))
    assert (only["entities"], only["import"]) == (4900, "r1")
    assert set(only) == {"position", "at", "topic", "entities", "import"}


def test_a_message_given_twice_is_one_change() -> None:
    founded()
    deliver()
    with system_scope("测试"):
        message = Message.objects.get(topic="register.established")
        assert feed.append(message) is None
    assert positions(told()) == [1]


def test_old_changes_go_and_numbering_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(3):
        founded(name=f"南宁第{n}商贸有限公司")
    deliver()
    monkeypatch.setattr("hongdun.exchange.actions.feed.now", lambda: clock.now() + timedelta(days=401))
    assert feed.forget_old() == 2
    assert feed.forget_old() == 0
    founded(name="南宁第九商贸有限公司")
    deliver()
    assert positions(told()) == [3, 4]
    extent = changes.extent()
    assert [extent.lost(n) for n in (0, 1, 2, 3)] == [True, True, False, False]
    assert [extent.ahead(n) for n in (4, 5)] == [False, True]


def test_nobody_but_the_system_writes_the_feed() -> None:
    founded()
    deliver()
    with acting(officer()):
        assert Change.objects.all().delete()[0] == 0
    assert positions(told()) == [1]
