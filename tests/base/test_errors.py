from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import pytest
from django.db import OperationalError

if TYPE_CHECKING:
    from django.test import Client


@pytest.mark.django_db
def test_a_database_that_is_away_is_a_503_that_says_so(client: Client) -> None:
    client.raise_request_exception = False
    with mock.patch("hongdun.registration.queries.label", side_effect=OperationalError("gone")):
        answer = client.get("/apply/")
    assert answer.status_code == 503
    assert "已经提交的申请和保存的草稿都在" in answer.content.decode()


@pytest.mark.django_db
def test_a_fault_of_ours_is_a_500_with_a_number_to_quote(client: Client) -> None:
    client.raise_request_exception = False
    with mock.patch("hongdun.registration.queries.label", side_effect=ZeroDivisionError):
        answer = client.get("/apply/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.content.decode()
