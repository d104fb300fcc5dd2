"""Public records hold what the law makes public, and nothing else about persons (企业信息公示暂行条例 art. 6)."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from hongdun.base.logging import BARE, PERSONAL
from hongdun.base.scope import acting
from hongdun.lib.particulars import PersonEntry
from hongdun.parties import actions as parties
from hongdun.register.models import Entity
from tests.register.builders import founded, officer

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
RECORDS, GENERATED, FILED = 200, 300, 20
ID_NUMBER, PHONE, HOME = "450103199001010019", "13907710001", "南宁市江南区星光大道1号2栋303室"
# Texts of the record itself: the code may look like a number of something else.
CODES = {"uscc", "page", "regno"}


def filed(number: int) -> Entity:
    """By persons of whom the platform knows all."""
    actor = officer()
    with acting(actor):
        person = parties.remember_person(
            name="覃红豆", id_number=ID_NUMBER, phone=PHONE, address=HOME, actor=actor
        )
    people = (
        PersonEntry("覃红豆", "legal_representative", person.pk),
        PersonEntry("黄联络", "liaison", person.pk),
    )
    return founded(name=f"南宁邕江第{number}红豆商贸有限公司", people=people)


def texts(value: Any, key: str = "") -> list[str]:
    """Every text of a record that isn't a code."""
    if isinstance(value, dict):
        return [text for name, each in value.items() for text in texts(each, name)]
    if isinstance(value, list):
        return [text for each in value for text in texts(each, key)]
    return [value] if isinstance(value, str) and key not in CODES else []


def test_two_hundred_records_at_random_hold_nothing_personal(client: Client, settings: Any) -> None:
    settings.ANONYMOUS_PER_MINUTE = settings.ANONYMOUS_PER_DAY = 0
    call_command("generate_entities", count=GENERATED, seed=3)
    made_up = list(Entity.objects.values_list("uscc", flat=True))
    persons = [filed(number).uscc for number in range(FILED)]
    for code in [*persons, *Random(7).sample(made_up, RECORDS - FILED)]:
        for rest in ("", "/versions"):
            body = client.get(f"/api/v1/entities/{code}{rest}").content.decode()
            assert not [secret for secret in (ID_NUMBER, PHONE, HOME, "黄联络") if secret in body], code
            found = texts(json.loads(body))
            assert found
            assert not [text for text in found if PERSONAL.search(text) or BARE.search(text)], code
