from __future__ import annotations

import pytest
from django.test import Client

from tests.registration import applications as apply

PASSWORD = {"password": "yongjiang-2026-shui", "again": "yongjiang-2026-shui"}


@pytest.fixture
def founder() -> Client:
    client = Client()
    person = {"name": "韦小红", "id_number": apply.number(2), "phone": "13800000002", **PASSWORD}
    assert client.post("/account/register/", person).status_code == 302
    return client
