"""What the rules decide besides companies and shops: other enterprises, changes, simplified cancellation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.test import Client

from hongdun.base.scope import system_scope
from hongdun.cases.actions import Decision
from hongdun.documents import queries as documents
from hongdun.parties import actions as parties
from hongdun.registration.models import Draft
from hongdun.registration.screening import released
from tests.register import builders as registered
from tests.registration import applications as apply
from tests.registration import builders, changes, test_simple_cancellation
from tests.registration.screened import all_sign, decided, let_rules_decide, unmet

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.cases.models import Case
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]

PARTNERS: apply.Topics = {
    "shareholders": apply.holders(
        apply.HUANG | {"standing": "general", "home": "南宁市良庆区五象大道 1 号"},
        apply.WEI | {"standing": "limited", "home": "南宁市青秀区金湖路 2 号"}, deadline="2030-01-01",
    ),
    "members": apply.LIAISON,
}  # fmt: skip


@pytest.fixture(autouse=True)
def rules_of_the_release() -> None:
    with system_scope("测试"):
        released.load()


def founded(founder: Client, code: str, **topics: dict[str, Any]) -> Case:
    let_rules_decide(code)
    with mock.patch.dict(apply.APPLICATIONS, {code: apply.APPLICATIONS[code] | topics}):
        draft = apply.started(founder, code)
        apply.fill(founder, draft, code)
    with system_scope("测试"):
        found = Draft.objects.get(procedure_code=code)
        all_sign(found)
    return decided(changes.send(founder, found))


def papers(case: Case) -> set[str]:
    with system_scope("测试"):
        return {each.kind for each in documents.of_case(case.id)}


@pytest.mark.parametrize("code", ["sole_establishment", "partnership_establishment"])
def test_who_signs_on_line_has_the_licence_in_seconds(founder: Client, code: str) -> None:
    case = founded(founder, code, **(PARTNERS if code.startswith("partnership") else {}))
    assert unmet(case) == []
    assert {"licence_original", "registered", "signature_page"} <= papers(case)


def test_a_firm_among_the_partners_is_for_people(founder: Client) -> None:
    case = founded(founder, "partnership_establishment")
    assert unmet(case) == ["natural"]
    assert case.closed is None


@pytest.mark.parametrize("known", [True, False])
def test_a_branch_needs_its_parent_in_the_register(founder: Client, known: bool) -> None:  # noqa: FBT001
    topics: apply.Topics = {}
    if known:
        parent = changes.company("南宁鑫桥数字科技有限公司")
        topics = {
            "parent": {"uscc": parent.uscc, "name": parent.name},
            "name": {"name": f"{parent.name}青秀分公司", "type": "2100"},
        }
    case = founded(founder, "branch_establishment", **topics)
    assert unmet(case) == ([] if known else ["parent"])
    assert (case.closed is not None) is known


def test_nobody_is_registered_whose_founders_signed_on_paper(founder: Client) -> None:
    """The scan may be of anybody's hand: people look at it (细则 art. 16)."""
    let_rules_decide("sole_establishment")
    draft = apply.started(founder, "sole_establishment")
    apply.fill(founder, draft, "sole_establishment")
    with system_scope("测试"):
        found = Draft.objects.get()
    assert unmet(decided(changes.send(founder, found))) == ["signed"]


def known_company() -> Entity:
    """Its representative is known by number, as of every company that was founded on line."""

    def by_number(actor: Actor, name: str) -> str:
        number = changes.HEAD["id_number"] if name == changes.HEAD["name"] else ""
        return str(parties.remember_person(name=name, id_number=number, actor=actor).id)

    with mock.patch.object(builders, "person", by_number):
        return changes.company(with_licence=True)


def change(client: Client, entity: Entity, topics: dict[str, dict[str, Any]], who: dict[str, str]) -> Case:
    draft = changes.begun(client, entity)
    changes.fill(
        client, draft, "items", changes.chosen(*(t for t in topics if t not in {"signer", "station"}))
    )
    for code, typed in topics.items():
        changes.fill(client, draft, code, typed)
    changes.fill(client, draft, "documents", changes.files("charter_amended", "resolution", "domicile"))
    [signature] = changes.ask(draft)
    changes.sign(signature, who)
    return decided(changes.send(client, draft))


SCOPE = {"scope": {"scope": "软件开发；信息系统集成服务"}, "signer": changes.HEAD}
REPRESENTATIVE = {"representative": {**changes.FRESH, "position": "executive_director"}}


def test_a_changed_scope_is_registered_and_the_old_sheets_wait_at_the_counter() -> None:
    entity, client = known_company(), changes.agent()
    let_rules_decide("change")
    case = change(client, entity, SCOPE, changes.HEAD)
    assert unmet(case) == []
    assert changes.now(entity).scope.items == ("软件开发", "信息系统集成服务")
    assert {"licence_original", "registered", "signature_page"} <= papers(case)
    data = {"old_sheets": "handed_in", "delivery": "counter"}
    assert changes.finish(case, "issue", "counter", Decision("issue", data=data), instance="0").closed


def test_a_new_representative_put_in_by_a_stranger_is_for_people() -> None:
    """Only the new one signs (细则 art. 33): who applies must be the old one, or an officer asks."""
    entity, client = known_company(), changes.agent()
    let_rules_decide("change")
    case = change(client, entity, REPRESENTATIVE, changes.FRESH)
    assert unmet(case) == ["stands"]
    assert changes.now(entity).representative == "黄志强"


def test_capital_and_shareholders_are_for_people() -> None:
    entity, client = changes.company(), changes.agent()
    let_rules_decide("change")
    draft = changes.begun(client, entity)
    changes.fill(client, draft, "items", changes.chosen("capital", "shareholders"))
    rows = changes.holders(("黄志强", "60"), ("韦丽华", "40"), capital="100")
    changes.fill(client, draft, "shareholders", rows)
    changes.fill(client, draft, "signer", changes.HEAD)
    changes.fill(client, draft, "documents", changes.files("charter_amended", "resolution"))
    [signature] = changes.ask(draft)
    changes.sign(signature, changes.HEAD)
    assert "items" in unmet(decided(changes.send(client, draft)))


def test_an_unopposed_simplified_cancellation_ends_at_once_when_it_is_applied_for() -> None:
    with mock.patch("hongdun.base.clock.today", return_value=test_simple_cancellation.START) as day:
        let_rules_decide("simple_cancellation", organ=registered.COUNTY)
        entity = test_simple_cancellation.company()
        owner = _owner()
        case = test_simple_cancellation.published(owner, entity)
        test_simple_cancellation.night(day, date(2026, 3, 24))
        owner.post(f"/my/{case.number}/apply/")
        case = decided(case)
    assert unmet(case) == []
    entity.refresh_from_db()
    assert (entity.status, case.closed is not None) == ("cancelled", True)


def _owner() -> Client:
    client = Client()
    person = {"name": "覃红豆", "id_number": changes.number(2), "phone": "13800000002"}
    assert client.post("/account/register/", person | changes.PASSWORD).status_code == 302
    return client
