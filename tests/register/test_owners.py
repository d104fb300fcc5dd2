"""Made-up entities have owners: persons and, of some, companies of the register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db.models import F, Sum

from hongdun.exchange.queries import ownership
from hongdun.lib import plausible_owners
from hongdun.register import queries
from hongdun.register.management.commands.generate_entities import world
from hongdun.register.models import Entity, EntityPerson, EntityShare

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
COUNT = 1500


def test_every_company_and_cooperative_is_owned_to_the_whole() -> None:
    call_command("generate_entities", count=COUNT, seed=1)
    owned = Entity.objects.exclude(kind="individual")
    assert owned.count() == owned.filter(shares__isnull=False).distinct().count() > COUNT / 4
    assert not owned.annotate(held=Sum("shares__amount")).exclude(held=F("capital")).exists()
    assert not EntityShare.objects.filter(entity__kind="individual").exists()
    for entity in owned.filter(
        kind="cooperative"
    ):  # 农民专业合作社法 art. 12, 20: five, four fifths of them farmers
        assert [share.standing for share in entity.shares.all()] == ["farmer"] * 5


def test_companies_hold_shares_in_companies_founded_later() -> None:
    call_command("generate_entities", count=COUNT, seed=1)
    held = list(
        EntityShare.objects.filter(holder_entity__isnull=False).select_related("entity", "holder_entity")
    )
    assert len(held) > COUNT / 100
    for share in held:
        assert share.holder_entity
        assert share.holder == share.holder_entity.name
        assert (share.holder_entity.established or date.max) < (share.entity.established or date.min)
    state = queries.latest(held[0].entity)
    assert state.particulars.shares[-1].entity == held[0].holder_entity_id
    told = ownership.of_entity(held[0].entity.uscc)
    assert f"entity-{held[0].holder_entity.uscc}" in {  # type: ignore[union-attr]
        each["recordDetails"].get("interestedParty") for each in told
    }


def test_those_who_lead_it_are_found_and_listed_in_order() -> None:
    call_command("generate_entities", count=200, seed=1)
    company = Entity.objects.filter(kind="enterprise").first()
    assert company
    roles = [each.role for each in EntityPerson.objects.filter(entity=company)]
    assert roles[0] == "legal_representative"
    assert roles[1] in {"director", "executive_director"}
    assert roles[2] == "supervisor"


def test_the_same_place_has_the_same_owners_whatever_came_before() -> None:
    known = world()
    rows = [plausible_owners.entity(known, 1, place) for place in range(1, 60)]
    assert rows == [plausible_owners.entity(known, 1, place) for place in reversed(range(1, 60))][::-1]
    assert {sum(share.subscribed.amount for share in row.particulars.shares) for row in rows} > {Decimal(0)}


def test_generating_again_finds_everything_present() -> None:
    call_command("generate_entities", count=300, seed=1)
    before = EntityShare.objects.count(), EntityPerson.objects.count()
    call_command("generate_entities", count=301, seed=1)
    one = plausible_owners.entity(world(), 1, 301).particulars
    after = EntityShare.objects.count(), EntityPerson.objects.count()
    assert after == (before[0] + len(one.shares), before[1] + len(one.people))
