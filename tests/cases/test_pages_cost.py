"""What the page of one decision asks of the database: eighty files a day are opened by every examiner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hongdun.base.scope import acting
from tests.org.builders import an_actor, enter
from tests.registration import builders as build

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
MOST = 12


def test_the_page_of_a_decision_costs_few_queries(client: Client) -> None:
    applicant = build.applicant()
    with acting(applicant):
        case = build.sent(applicant)
    enter(client, an_actor("examiner"))
    page = f"/cases/{case.number}/examine/"
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    asked = [each["sql"] for each in seen.captured_queries if "SAVEPOINT" not in each["sql"]]
    assert len(asked) <= MOST, asked
