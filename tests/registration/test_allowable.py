"""Which filings an entity may make: every blocker with its article, told to those whom it concerns."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base import blocks
from hongdun.base.scope import acting
from hongdun.register import actions
from hongdun.registration import allowable
from tests.register import builders as register

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15]

DAY = date(2026, 11, 23)


@pytest.fixture
def told() -> Iterator[list[blocks.Fact]]:
    """What some other app would tell of every entity."""
    facts: list[blocks.Fact] = []

    def source(_: object, *, on: date) -> list[blocks.Fact]:
        return facts if on == DAY else []

    blocks.add(source)
    yield facts
    blocks.SOURCES.remove(source)


def ended(status: str) -> Entity:
    entity, actor = register.founded(), register.officer()
    with acting(actor):
        return actions.set_status(
            entity=entity, status=status, on=date(2026, 5, 1), reason="测试", case_id=None, actor=actor
        )


def test_each_fact_of_article_48_stands_against_simplified_cancellation(told: list[blocks.Fact]) -> None:
    entity = register.founded()
    for kind in allowable.BARS_SIMPLE:
        told[:] = [blocks.Fact(kind, "自 2026-01-05 起")]  # type: ignore[arg-type]
        found = list(allowable.against_simple(entity, on=DAY))
        assert [(b.code, b.article) for b in found] == [(kind, allowable.BARS_SIMPLE[kind])]
        assert "第四十八条" in found[0].article


def test_a_bar_on_a_person_is_no_matter_of_article_48(told: list[blocks.Fact]) -> None:
    told.append(blocks.Fact("barred", "法定代表人三年内不得任职"))
    assert list(allowable.against_simple(register.founded(), on=DAY)) == []


def test_nothing_stands_against_an_entity_without_such_facts() -> None:
    entity = register.founded()
    assert list(allowable.against_simple(entity, on=DAY)) == []
    assert list(allowable.common(entity)) == []


def test_a_revoked_entity_cannot_be_cancelled_in_the_simple_way() -> None:
    entity = ended("revoked")
    assert [b.code for b in allowable.against_simple(entity, on=DAY)] == ["revoked"]


def test_an_ended_entity_files_nothing() -> None:
    entity = ended("cancelled")
    assert [b.code for b in allowable.common(entity)] == ["ended"]


def test_strangers_are_told_what_is_public_only() -> None:
    entity = register.founded()
    body = Client().get(f"/api/v1/entities/{entity.uscc}/filings").json()
    assert body["uscc"] == entity.uscc
    assert Client().get("/api/v1/entities/none/filings").status_code == 404


def test_the_page_is_for_its_people_and_its_authority() -> None:
    entity = register.founded()
    assert allowable.concerns(entity, register.officer())
    assert not allowable.concerns(entity, register.officer(register.OTHER))
    with acting(register.officer()) as stranger:
        assert not allowable.stands_for(entity, stranger.person, roles=allowable.OWNERS)
    assert allowable.stands_for(entity, register.FOUNDER, roles=allowable.OWNERS)
    answer = Client().get(f"/entity/{entity.uscc}/filings/")
    assert answer.headers["Location"].startswith("/account/login/")
