"""Roles × relations × addresses over HTTP, against the table that was written by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from hongdun.audit.models import Event
from hongdun.base.scope import system_scope
from hongdun.cases.models import Case
from hongdun.registration import queries as filings
from tests.authorisation import table
from tests.authorisation.relations import RELATIONS, ROLES, a_subject, officer_in
from tests.authorisation.test_urls import WITHOUT, patterns
from tests.org.builders import enter
from tests.parties.builders import an_applicant

if TYPE_CHECKING:
    from django.http import HttpResponse

    from tests.authorisation.relations import Relation, Subject
    from tests.authorisation.rows import Row

pytestmark = pytest.mark.django_db
DOORS = ("/desk/login/?", "/account/login/?")


@pytest.fixture(scope="module")
def subject(lasting: None) -> Subject:
    return a_subject()


def test_every_address_has_a_row(subject: Subject) -> None:
    rows = (*table.OFFICES, *table.APPLICANTS, *table.FOLLOWERS, *table.NOBODYS, *table.PUBLIC)
    covered = {resolve(row.path(subject).split("?")[0]).route for row in rows}
    assert {path for path, _ in patterns()} - covered - WITHOUT == set()


# What a role may do doesn't depend on where its organ lies, and no policy of the database knows roles: so every
# role in the case's own bureau, and every relation for three roles that differ in what they may.
# An examiner and a head at their own bureau are looked at before every commit, the rest with the whole suite.
OFTEN = ("examiner", "head")
CELLS = [
    *[
        pytest.param(
            role,
            RELATIONS[0],
            id=f"{role}-{RELATIONS[0].name}",
            marks=() if role in OFTEN else pytest.mark.slow,
        )
        for role in ROLES
    ],
    *[
        pytest.param(role, relation, id=f"{role}-{relation.name}", marks=pytest.mark.slow)
        for role in ("examiner", "head", "admin")
        for relation in RELATIONS[1:]
    ],
]


@pytest.mark.parametrize(("role", "relation"), CELLS)
def test_officers(role: str, relation: Relation, subject: Subject) -> None:
    client = Client()
    enter(client, officer_in(relation, role, subject))
    found = {row.words: _answer(client, row, subject) for row in table.OFFICES}
    assert found == {row.words: _expected(row, role, relation, subject) for row in table.OFFICES}


def test_officers_have_no_business_with_applicants_pages(subject: Subject) -> None:
    client = Client()
    enter(client, officer_in(RELATIONS[0], "examiner", subject))
    rows = (*table.APPLICANTS, *table.FOLLOWERS, *table.NOBODYS)
    assert {row.words: _answer(client, row, subject) for row in rows} == {
        row.words: "refused" for row in rows
    }


@pytest.mark.parametrize("own", [True, False])
def test_applicants(monkeypatch: pytest.MonkeyPatch, subject: Subject, *, own: bool) -> None:
    monkeypatch.setitem(filings.FILINGS, "test_pair", "cancellation.ordinary")
    client = Client()
    enter(client, subject.applicant if own else an_applicant(2, name="王秀兰"))
    found = {row.words: _answer(client, row, subject) for row in table.APPLICANTS}
    # Withdrawing leads on to the case, which is then absent.
    absent = (
        {"begin"} if own else {row.words for row in table.APPLICANTS} - {"my cases", "withdraw", "my keys"}
    )
    assert {words for words, answer in found.items() if answer == "absent"} == absent
    assert set(found.values()) <= {"in", "absent"}
    offices = {row.words: _answer(client, row, subject) for row in table.OFFICES}
    assert offices.pop("document") == ("in" if own else "absent")
    assert offices.pop("choose post") == "in"
    assert set(offices.values()) == {"refused"}


def test_what_is_followed_is_each_applicants_own(subject: Subject) -> None:
    client = Client()
    enter(client, subject.applicant)
    assert {_answer(client, row, subject) for row in table.FOLLOWERS} == {"in"}
    assert {_answer(client, row, subject) for row in table.NOBODYS} == {"absent"}


def test_nobody_withdraws_for_another(subject: Subject) -> None:
    client = Client()
    enter(client, an_applicant(2, name="王秀兰"))
    client.post(f"/my/{subject.case.number}/withdraw/")
    with system_scope("测试"):
        assert Case.objects.get(id=subject.case.id).closed is None


def test_strangers(subject: Subject) -> None:
    rows = (*table.OFFICES, *table.APPLICANTS, *table.FOLLOWERS, *table.NOBODYS)
    answers = {row.words: _answer(Client(), row, subject) for row in rows}
    assert answers.pop("choose post") == "in"
    assert set(answers.values()) == {"login"}


def test_the_public_doors_are_open(subject: Subject) -> None:
    answers = {row.words: _answer(Client(), row, subject) for row in table.PUBLIC}
    assert {words for words, answer in answers.items() if answer not in {"in", "absent"}} == set()


def test_asking_for_a_case_out_of_range_is_remembered(subject: Subject) -> None:
    stranger = officer_in(RELATIONS[6], "examiner", subject)
    client = Client()
    enter(client, stranger)
    client.get(f"/cases/{subject.case.number}/")
    with system_scope("测试"):
        assert Event.objects.filter(verb="case.not_found", person=stranger.person).count() == 1


@pytest.mark.parametrize(
    "relation", [each for each in RELATIONS if not each.sees], ids=lambda each: each.name
)
def test_no_list_shows_a_case_out_of_range(relation: Relation, subject: Subject) -> None:
    client = Client()
    enter(client, officer_in(relation, "examiner", subject))
    pages = ("/desk/", "/desk/work/", "/desk/work/?all=1", "/desk/work/export.csv", "/desk/find/?q=广西鑫源")
    for page in pages:
        assert subject.case.number not in client.get(page, follow=True).content.decode()


def _expected(row: Row, role: str, relation: Relation, subject: Subject) -> str:
    act = resolve(row.path(subject).split("?")[0]).func.action
    if relation.ended:
        return "in" if "*" in act.roles else "login"
    if not act.roles & {"*", "officer", role} and not (role == "head" and "approver" in act.roles):
        return "refused"
    if not row.sight(relation):
        return "absent"
    if row.does is None:
        return "in"
    return "done" if row.does(role, relation) else "stopped"


def _answer(client: Client, row: Row, subject: Subject) -> str:
    """What happened, in one word; nothing that happened stays."""
    path = row.path(subject)
    with transaction.atomic():
        answer = client.post(path, dict(row.data)) if row.post else client.get(path)
        word = _word(answer)
        transaction.set_rollback(True)
    if row.does is None and word in {"done", "stopped"}:
        return "in"
    return word


def _word(answer: HttpResponse) -> str:
    if answer.status_code == 302:
        return "login" if answer["Location"].startswith(DOORS) else "done"
    if answer.status_code in {409, 422}:
        return "stopped"
    return {200: "in", 204: "in", 400: "in", 401: "login", 403: "refused", 404: "absent"}.get(
        answer.status_code, str(answer.status_code)
    )
