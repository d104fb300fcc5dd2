"""What a decision's page warns of: the same people, name and place elsewhere, with the limits of the law."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client

from hongdun.base import blocks, clock
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.cases.models import Case
from hongdun.law import queries as law
from hongdun.lib.particulars import PersonEntry
from hongdun.parties import actions as parties
from hongdun.parties.models import Involvement
from hongdun.register import actions as register
from hongdun.register.queries import revoked_under
from hongdun.registration.conflicts import actions, queries, words
from hongdun.registration.conflicts.models import PersonBar
from hongdun.registration.screening import queries as screened
from hongdun.registration.screening import released
from tests.org.builders import an_actor, enter
from tests.parties import builders as people
from tests.register import builders as registered
from tests.registration import builders as build
from tests.registration.applications import number
from tests.registration.screened import decided, let_rules_decide, sent

if TYPE_CHECKING:
    from hongdun.base.actor import Actor
    from hongdun.base.parts import Finding
    from hongdun.register.models import Entity

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]
HUANG = number(11)
SERIALS = count(1)


def an_applicant() -> Actor:
    return people.an_applicant(next(SERIALS))


def filing(*, name: str = "广西鑫源数字科技有限公司", phone: str = "", head: str = HUANG) -> Case:
    """A company's establishment whose representative has an identity number."""
    applicant = an_applicant()
    with acting(applicant):
        case = build.sent(applicant, name=name)
        known = parties.remember_person(name="黄志强", id_number=head, phone=phone, actor=applicant)
        parties.involve(
            known.pk, case_id=case.pk, organ=case.organ, role="legal_representative", actor=applicant
        )
    return case


def found(case: Case) -> dict[str, Finding]:
    officer = an_actor("examiner", login=f"e{uuid7().hex[-8:]}")
    with acting(officer):
        return {each.title: each for each in queries.findings(Case.objects.get(pk=case.pk))}


def firm(*, revoked: date | None = None, name: str = "广西桂香源食品科技有限公司") -> Entity:
    """A company whose representative was stated by somebody else with the same number."""
    with acting(registered.officer()) as actor:
        known = parties.remember_person(name="黄志强", id_number=HUANG, actor=actor)
    entity = registered.founded(
        on=date(2015, 5, 6), name=name, people=(PersonEntry("黄志强", "legal_representative", known.pk),)
    )
    if revoked:
        with acting(registered.officer()) as actor:
            register.set_status(
                entity=entity, status="revoked", on=revoked, reason="未年报", case_id=None, actor=actor
            )
    return entity


def test_an_ordinary_filing_warns_of_nothing() -> None:
    assert found(filing()) == {}


@pytest.mark.parametrize(("days", "warned"), [(-1, False), (0, False), (1, True)])
def test_revoked_within_three_years(days: int, *, warned: bool) -> None:
    """公司法 art. 178 §1 (4): 未逾三年, so on the third anniversary it is over."""
    anniversary = queries.years_before(clock.today(), 3)
    entity = firm(revoked=anniversary + timedelta(days))
    shown = found(filing())
    title = "黄志强是三年内被吊销企业的法定代表人"
    assert (title in shown) == warned
    if warned:
        assert shown[title].tone == "stop"
        assert shown[title].links == ((entity.name, entity.get_absolute_url()),)
        assert "第十二条" in shown[title].article


def test_posts_elsewhere_are_told_and_what_is_listed_there(monkeypatch: pytest.MonkeyPatch) -> None:
    entity = firm()
    shown = found(filing())
    assert "法定代表人" in shown["黄志强另在 1 户任职或者出资"].text
    fact = blocks.Fact("abnormal", "2026-07-10 因未年报列入经营异常名录")
    monkeypatch.setattr(blocks, "SOURCES", [lambda e, on: [fact] if e.pk == entity.pk else []])
    assert found(filing())["黄志强任职的企业有不良记录"].text == fact.text


def barred(ground: str, since: date, *, organ: int = build.QINGXIU) -> PersonBar:
    head = an_actor("approver", organ=organ, login=f"a{uuid7().hex[-8:]}")
    with acting(head):
        return actions.enter_bar(
            name="黄志强",
            id_number=HUANG,
            ground=ground,
            since=since,
            basis="（2026）桂01刑初15号",
            actor=head,
        )


@pytest.mark.parametrize(
    ("ground", "years", "day", "warned"),
    [
        ("bar_crime", 5, 0, True), ("bar_crime", 5, 1, False), ("bar_probation", 2, 0, True), ("bar_probation", 2, 1, False),
        ("bar_bankruptcy", 3, 0, True), ("annulment_bar", 3, 0, True), ("annulment_bar", 3, 1, False),
    ],
)  # fmt: skip
def test_a_bar_lasts_to_its_last_day(
    ground: str, years: int, day: int, *, warned: bool, monkeypatch: Any
) -> None:
    row = barred(ground, date(2024, 7, 1), organ=450_202_000)
    assert row.until
    assert row.until.year == 2024 + years
    case = filing()
    monkeypatch.setattr(queries.clock, "today", lambda: row.until + timedelta(day))  # type: ignore[operator]  # asserted above
    shown = [each for title, each in found(case).items() if "不得任职、申请" in title]
    assert bool(shown) == warned
    assert all(each.tone == "stop" and each.article for each in shown)


def test_a_bar_entered_twice_is_one_and_after_lifting_another() -> None:
    day = date(2024, 7, 1)
    first = barred("bar_debt", day)
    assert barred("bar_debt", day).pk == first.pk
    assert barred("bar_crime", day).pk != first.pk
    head = an_actor("approver", login="lifter")
    with acting(head):
        actions.lift_bar(first.pk, reason="已履行完毕", actor=head)
    assert barred("bar_debt", day).pk != first.pk


def test_a_bar_without_a_number_of_years_lasts_until_it_is_lifted() -> None:
    row = barred("bar_debt", date(2024, 7, 1))
    case = filing()
    assert row.until is None
    assert "黄志强有不得任职、申请的记录" in found(case)
    head = an_actor("approver", login="lifter")
    with acting(head):
        actions.lift_bar(row.pk, reason="已履行完毕", actor=head)
    assert found(case) == {}


def test_bars_of_older_days_cite_the_older_law() -> None:
    assert "第一百四十六条" in law.ground("bar_crime", date(2024, 6, 30)).citation
    assert "第一百七十八条" in law.ground("bar_crime", date(2024, 7, 1)).citation


def test_another_open_filing_of_the_same_name_or_address() -> None:
    first = filing()
    second = filing()
    third = filing(name="广西鑫泉数字科技有限公司")
    shown = found(second)
    assert first.number in shown[f"{words.TITLES['name']} 1 件"].text
    assert third.number in shown[f"{words.TITLES['address']} 2 件"].text
    assert not any(title.startswith(words.TITLES["name"]) for title in found(third))
    with system_scope("测试"):
        for case in (first, third):
            case.tasks.update(done=clock.now())
    assert found(second) == {}


def test_another_open_filing_of_the_same_entity() -> None:
    entity, one, two = firm(), filing(), filing(name="广西鑫泉数字科技有限公司")
    with system_scope("测试"):
        Case.objects.filter(pk__in=[one.pk, two.pk]).update(entity=entity.pk)
    assert one.number in found(two)[f"{words.TITLES['entity']} 1 件"].text


@pytest.mark.parametrize(("others", "warned"), [(4, False), (5, True)])
def test_a_telephone_under_many_names(others: int, *, warned: bool) -> None:
    case = filing(phone="13900000088")
    applicant = an_applicant()
    for serial in range(others):
        with acting(applicant):
            known = parties.remember_person(
                name=f"甲{serial}", id_number=number(100 + serial), phone="13900000088", actor=applicant
            )
        with system_scope("测试"):
            Involvement.objects.create(person=known, case_id=uuid7(), organ_id=case.organ, role="member")
    assert ("黄志强的手机号出现在别人名下" in found(case)) == warned


@pytest.mark.parametrize(("before", "warned"), [(18, False), (19, True)])
def test_somebody_who_files_for_many(before: int, *, warned: bool) -> None:
    case = filing()
    with system_scope("测试"):
        mine = Involvement.objects.get(case_id=case.pk, role="applicant")
        for _ in range(before):
            Involvement.objects.create(
                person=mine.person, case_id=uuid7(), organ_id=case.organ, role="applicant"
            )
    assert any("经办" in title for title in found(case)) == warned


def test_every_branch_reads_an_index() -> None:
    """Nothing of the statement reads a table that grows from end to end."""
    case = filing()
    asked = {
        "case": case.pk, "entity": uuid7(), "title": case.title, "today": clock.today(), "address": "某处",
        "revoked": clock.today(), "year": uuid7(),
    }  # fmt: skip
    with system_scope("测试"), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + queries.SOUGHT, asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Seq Scan" not in plan, plan
    assert re.search(r"filing_place .*\n +Index Cond: .*address", plan), plan


def test_bars_are_entered_and_lifted_on_their_page() -> None:
    client = Client()
    enter(client, an_actor("approver"))
    typed = {
        "name": "黄志强", "id_number": HUANG, "ground": "bar_revocation", "since": "2026-01-15",
        "basis": "南市监处罚〔2026〕15号",
    }  # fmt: skip
    wrong = client.post("/desk/bars/", typed | {"id_number": HUANG[:-1] + "0", "since": "2012-01-01"})
    assert wrong.status_code == 422
    assert "号码不对" in wrong.content.decode()
    assert "没有这种情形" in wrong.content.decode()
    page = client.post("/desk/bars/", typed, follow=True).content.decode()
    assert "2029-01-15" in page
    assert HUANG not in page
    assert "黄志强有不得任职、申请的记录" in found(filing())
    with system_scope("测试"):
        row = PersonBar.objects.get()
    assert client.post(f"/desk/bars/{row.pk}/lift/", {"reason": ""}).status_code == 422
    assert "复议撤销处罚" in client.post(
        f"/desk/bars/{row.pk}/lift/", {"reason": "复议撤销处罚"}, follow=True
    ).content.decode()  # fmt: skip
    assert client.post(f"/desk/bars/{row.pk}/lift/", {"reason": "复议撤销处罚"}).status_code == 404
    assert "没有登记过“覃红豆”" in client.get("/desk/bars/?q=覃红豆").content.decode()


def test_who_is_barred_is_not_registered_by_the_rules() -> None:
    """Neither the one on record nor who led a revoked company, under whatever statement of the same number."""
    with system_scope("测试"):
        released.load()
    let_rules_decide()
    firm(revoked=clock.today() - timedelta(30))
    case = sent()
    with acting(registered.officer()) as officer:
        known = parties.remember_person(name="黄志强", id_number=HUANG, actor=officer)
    with system_scope("测试") as system:
        parties.involve(
            known.pk, case_id=case.pk, organ=case.organ, role="legal_representative", actor=system
        )
        assert revoked_under(known.pk) == 1
    case = decided(case)
    with system_scope("测试"):
        looked = screened.of(case)
    assert looked
    assert [each["code"] for each in looked.results if not each["met"]] == ["barring"]
    assert case.entity is None
