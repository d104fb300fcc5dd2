"""What the pages of a case ask of the database: eighty files a day are opened by every examiner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hongdun.base.scope import acting
from tests.org.builders import an_actor, enter
from tests.registration import builders as build
from tests.registration import changes

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
MOST = 12


def asked(client: Client, page: str) -> list[str]:
    """The statements of a page that was opened before, the marks of nested transactions apart."""
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return [each["sql"] for each in seen.captured_queries if "SAVEPOINT" not in each["sql"]]


@pytest.mark.parametrize(("role", "step"), [("examiner", "examine/"), ("examiner", ""), ("head", "")])
def test_the_pages_of_a_case_cost_few_queries(client: Client, role: str, step: str) -> None:
    """The page of the decision, and the record as an examiner and a head see it."""
    applicant = build.applicant()
    with acting(applicant):
        case = build.sent(applicant)
    enter(client, an_actor(role))
    statements = asked(client, f"/cases/{case.number}/{step}")
    assert len(statements) <= MOST, "\n".join(statements)


@pytest.mark.parametrize("step", ["examine/", ""])
def test_the_pages_of_a_change_cost_no_more(client: Client, step: str) -> None:
    entity, applicant = changes.company(with_licence=True), changes.agent()
    draft = changes.begun(applicant, entity)
    changes.fill(applicant, draft, "items", changes.chosen("scope"))
    changes.fill(applicant, draft, "scope", {"scope": "软件开发"})
    changes.fill(applicant, draft, "signer", changes.HEAD)
    changes.fill(applicant, draft, "documents", changes.files("charter_amended", "resolution"))
    [signature] = changes.ask(draft)
    changes.sign(signature, changes.HEAD)
    case = changes.send(applicant, draft)
    enter(client, an_actor("examiner"))
    statements = asked(client, f"/cases/{case.number}/{step}")
    assert len(statements) <= MOST, "\n".join(statements)
