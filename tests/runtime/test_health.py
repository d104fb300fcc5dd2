from __future__ import annotations

from collections import namedtuple
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from hongdun.base import health

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - the shape of shutil.disk_usage


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[health.Registered]:
    empty: list[health.Registered] = []
    monkeypatch.setattr(health, "CHECKS", empty)
    return empty


def ready() -> tuple[int, bytes]:
    response: HttpResponse = health.readyz(RequestFactory().get("/readyz"))
    return response.status_code, response.content


def test_alive() -> None:
    assert health.livez(RequestFactory().get("/livez")).status_code == 200


def test_a_failing_check_takes_the_instance_out(checks: list[health.Registered]) -> None:
    health.register("fine")(lambda: None)
    assert ready()[0] == 200
    health.register("seal")(lambda: "封存已停 5 小时")
    code, body = ready()
    assert code == 503
    assert "封存已停 5 小时" in body.decode()


def test_a_warning_is_told_but_serves(checks: list[health.Registered]) -> None:
    health.register("partitions", warning=True)(lambda: "只到下月")
    code, body = ready()
    assert code == 200
    assert "只到下月" in body.decode()


def test_an_unreachable_database_is_an_answer(checks: list[health.Registered]) -> None:
    @health.register("database")
    def broken() -> str | None:
        raise OperationalError("password=secret")

    code, body = ready()
    assert code == 503
    assert b"OperationalError" in body
    assert b"secret" not in body


GB = 1_000_000_000


def test_a_full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: Usage(100 * GB, 95.1 * GB, 4.9 * GB))
    assert "4.9%" in (health.disk() or "")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: Usage(100 * GB, 95 * GB, 5 * GB))
    assert health.disk() is None


def test_nearly_full_means_reading_only(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: Usage(100 * GB, 98.1 * GB, 1.9 * GB))
    assert client.get("/livez").status_code == 200
    refused = client.post("/account/login/", {"phone": "19900000001"})
    assert refused.status_code == 503
    assert refused.headers["Retry-After"] == "300"
    assert "存储空间不足" in refused.content.decode()


@pytest.mark.django_db
def test_the_database_answers_and_the_partitions_reach() -> None:
    assert health.database() is None
    assert health.audit_partitions() is None


@pytest.mark.django_db
def test_a_silent_worker_is_noticed() -> None:
    assert "没有心跳" in (health.worker() or "")


@pytest.mark.django_db
def test_the_watch_is_answered_without_tls_and_nothing_else_is(
    settings: SettingsWrapper, client: Client
) -> None:
    """Else `up` would wait for ever for an instance in production with no proxy ahead."""
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code in {200, 503}
    assert client.get("/livez/../").status_code == 301
    assert client.get("/desk/login/").status_code == 301
