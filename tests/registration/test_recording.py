"""Record filings: what the rules allow is decided at once, the rest by people (条例 art. 9, 29)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base import clock
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case, Notice
from hongdun.lib.entitytypes import TYPES, get
from hongdun.register.models import EntityPerson
from hongdun.registration import items
from hongdun.registration.screening import released
from tests.registration import changes as build
from tests.registration.screened import decided, unmet
from tests.registration.test_change import refused

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


@pytest.fixture(autouse=True)
def rules_of_the_release() -> None:
    with system_scope("测试"):
        released.load()


def member(role: str, name: str, number: str = "") -> dict[str, Any]:
    row = {"role": role, "name": name} | ({"id_number": number} if number else {})
    return {"member-TOTAL_FORMS": 1, "member-INITIAL_FORMS": 0} | {f"member-0-{k}": v for k, v in row.items()}


def board(*people: tuple[str, ...]) -> dict[str, Any]:
    data: dict[str, Any] = {"member-TOTAL_FORMS": len(people), "member-INITIAL_FORMS": 0}
    for n, (role, name, *number) in enumerate(people):
        data |= {f"member-{n}-role": role, f"member-{n}-name": name} | (
            {f"member-{n}-id_number": number[0]} if number else {}
        )
    return data


def sent(client: Client, entity: Entity, item: str, typed: dict[str, Any], *papers: str) -> Case:
    draft = build.begun(client, entity, "recording")
    build.fill(client, draft, "items", build.chosen(item))
    build.fill(client, draft, item, typed)
    build.fill(client, draft, "signer", build.HEAD)
    build.fill(client, draft, "documents", build.files(*papers))
    [signature] = build.ask(draft)
    build.sign(signature, build.HEAD)
    return decided(build.send(client, draft))


def test_a_new_liaison_is_recorded_at_once_and_stays_secret() -> None:
    entity, client = build.company(), build.agent()
    case = sent(client, entity, "liaison", member("liaison", "陆建国", build.FRESH["id_number"]))
    assert case.closed
    assert case.outcome == "archive"
    after = build.now(entity)
    assert [p.name for p in after.people if p.role == "liaison"] == ["陆建国"]
    assert not EntityPerson.objects.filter(entity=entity, name="陆建国").exists()
    assert entity.licence_version == 1
    with system_scope("测试"):
        assert Notice.objects.filter(case=case, kind="registered").exists()


def test_a_new_board_goes_to_people_with_the_failing_rule() -> None:
    entity, client = build.company(), build.agent()
    rows = board(
        ("executive_director", "黄志强"),
        ("supervisor", "陆建国", build.FRESH["id_number"]),
        ("manager", "黄志强"),
    )
    case = sent(client, entity, "officers", rows, "resolution", "appointments")
    assert not case.closed
    assert unmet(case) == ["items"]
    build.approve(case)
    after = build.now(entity)
    assert {(p.name, p.role) for p in after.people} == {
        ("黄志强", "legal_representative"), ("黄志强", "director"), ("黄志强", "manager"), ("陆建国", "supervisor"),
        ("黄志强", "liaison"),
    }  # fmt: skip
    assert all(p.person for p in after.people)


def test_a_board_must_be_as_the_company_law_has_it() -> None:
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity, "recording")
    build.fill(client, draft, "items", build.chosen("officers"))
    said = refused(
        client, draft, "officers", board(("executive_director", "黄志强"), ("supervisor", "黄志强"))
    )
    assert "董事、高级管理人员不得兼任监事（公司法第七十六条）" in said


def test_paid_in_contributions_are_published_by_the_company_itself() -> None:
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity, "recording")
    assert "公司法第四十条" in refused(client, draft, "items", build.chosen("paid_in", "liaison"))


def test_items_that_are_only_filed_are_no_change() -> None:
    entity, client = build.company(), build.agent()
    draft = build.begun(client, entity)
    assert "请改办“备案”" in refused(client, draft, "items", build.chosen("liaison"))


FILED = {
    "1130": {"charter", "term", "contributions", "officers", "liaison", "beneficial_owner"},
    "3100": {"charter", "term", "liaison"},
    "4540": {"liaison"},
    "4533": {"charter", "term", "contributions", "liaison", "beneficial_owner"},
    "5100": {
        "charter",
        "term",
        "contributions",
        "officers",
        "liaison",
        "document_recipient",
        "beneficial_owner",
    },
    "9100": {"charter", "members", "liaison"},
    "2100": {"liaison"},
    "9500": {"family_member", "liaison"},
    "0000": set(),
}


@pytest.mark.parametrize("code", FILED)
def test_what_is_filed_follows_from_the_type(code: str) -> None:
    """细则 art. 7."""
    assert {each.code for each in items.of(get(code), on=clock.today(), filed_only=True)} == FILED[code]


def test_every_item_concerns_some_type_and_has_its_page() -> None:
    from hongdun.registration.change.forms.pages import PAGES

    concerned = {each.code for kind in TYPES.values() for each in items.of(kind, on=clock.today())}
    assert concerned == set(items.ITEMS)
    assert {each.page for each in items.ITEMS.values()} <= set(PAGES)
