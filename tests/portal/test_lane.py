"""The lane gives what Django gives, to the byte; and leaves to Django what it doesn't know."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from hypothesis import given, settings, strategies

from hongdun.base import wire
from hongdun.base.scope import system_scope
from hongdun.lib.entityrows import Row
from hongdun.register.actions import bulk
from hongdun.register.models import Entity, VersionKind
from tests import cluster
from tests.portal.ahead import api, django, revoked
from tests.portal.wsgi import ask
from tests.register.builders import FOUNDED, changed, company, founded

if TYPE_CHECKING:
    from hongdun.site.run.database import Access
    from tests.portal.ahead import Counted, Fronted

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
END_OTHERS = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()
"""


def imported() -> Entity:
    row = Row("91450102MA5K00012X", 450102000, company(established=None), {"uscc_flawed": "第 18 位"})
    with system_scope("测试"):
        bulk.write([bulk.line(1, row)], kind=VersionKind.IMPORT)
    from hongdun.register import queries

    found = queries.current(row.uscc)
    assert found
    return found


KINDS = {
    "new": founded,
    "renamed twice": lambda: changed(
        changed(founded(), date(2020, 5, 1), name="南宁“邕江\\绿豆”商贸有限公司"),
        date(2021, 5, 1),
        name="南宁黄豆厂",
    ),
    "revoked": lambda: revoked(founded()),
    "imported with remarks": imported,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_record_is_djangos_to_the_byte(kind: str, method: str, lane: Fronted, behind: Counted) -> None:
    entity = KINDS[kind]()
    assert ask(lane, api(entity), method) == ask(django, api(entity), method)
    assert behind.calls == 0


@given(
    name=strategies.text(
        strategies.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1
    )
)
@settings(max_examples=50)
def test_any_text_is_written_as_json(name: str, lane: Fronted) -> None:
    row = Row("91450102MA5K00012X", 450102000, company(name=name[:200], established=FOUNDED), {})
    with transaction.atomic():
        with system_scope("测试"):
            bulk.write([bulk.line(1, row)], kind=VersionKind.IMPORT)
        answer = ask(lane, f"/api/v1/entities/{row.uscc}")
        assert answer == ask(django, f"/api/v1/entities/{row.uscc}")
        body = json.loads(answer.body)
        assert body["name"] == body["particulars"]["name"] == name[:200]
        transaction.set_rollback(True)


def test_what_is_known_is_answered_304_by_both(lane: Fronted, behind: Counted) -> None:
    entity = founded()
    etag = ask(lane, api(entity)).header("ETag")
    for known in (etag, f'W/"x", {etag}', "*"):
        answer = ask(lane, api(entity), HTTP_IF_NONE_MATCH=known)
        assert answer.status == "304 Not Modified"
        assert answer == ask(django, api(entity), HTTP_IF_NONE_MATCH=known)
    assert ask(lane, api(entity), HTTP_IF_NONE_MATCH='"other"').status == "200 OK"
    assert behind.calls == 0


def test_limits_stand_in_both_alike(lane: Fronted, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ANONYMOUS_PER_MINUTE, settings.ANONYMOUS_PER_DAY = 3, 0
    monkeypatch.setattr("hongdun.base.limits.time", lambda: 1_800_000_000.0)
    entity = founded()
    answers = [ask(application, api(entity)) for application in (lane, django, lane, lane, django)]
    assert [each.status[:3] for each in answers] == ["200", "200", "200", "429", "429"]
    assert [each.header("RateLimit") for each in answers[:3]] == [f'"minute";r={n};t=60' for n in (2, 1, 0)]
    assert answers[0].header("RateLimit-Policy") == '"minute";q=3;w=60'
    assert answers[3].header("Retry-After") == "60"


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        ("/api/v1/entities/{}?as_of=2020-01-01", {}),
        ("/api/v1/entities/{}", {"HTTP_COOKIE": "sessionid=abc"}),
        ("/api/v1/entities/{}", {"HTTP_X_API_KEY": "hd_wrong"}),
        ("/api/v1/entities/91450102GX0000007X", {}),
        ("/api/v1/entities/91450102GX0000999C", {}),
        ("/api/v1/entities/9145", {}),
        ("/api/v1/entities/{}/versions", {}),
        ("/entity/{}/?as_of=2020-01-01", {}),
        ("/entity/91450102GX0000007X/", {}),
        ("/", {}),
    ],
)
def test_the_unusual_is_left_to_django(
    lane: Fronted, behind: Counted, path: str, environ: dict[str, str]
) -> None:
    path = path.format(founded().uscc)
    lane_says, django_says = ask(lane, path, **environ), ask(django, path, **environ)
    assert (lane_says.status, lane_says.body) == (django_says.status, django_says.body)
    assert behind.calls == 1


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
def test_other_methods_are_left_to_django(lane: Fronted, behind: Counted, method: str) -> None:
    ask(lane, api(founded()), method)
    assert behind.calls == 1


def test_an_unknown_host_is_left_to_django(lane: Fronted, behind: Counted, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert ask(lane, api(founded()), HTTP_HOST="evil.example").status[:3] == "400"


def test_plain_http_is_left_to_django_where_https_is_wanted(
    lane: Fronted, behind: Counted, settings: Any
) -> None:
    settings.SECURE_SSL_REDIRECT = True
    entity = founded()
    ask(lane, api(entity))
    assert behind.calls == 1
    ask(lane, api(entity), **{"wsgi.url_scheme": "https"})
    assert behind.calls == 1


@pytest.mark.django_db(transaction=True)
def test_a_broken_connection_is_replaced(lane: Fronted, database_access: Access) -> None:
    entity = founded()
    assert ask(lane, api(entity)).status == "200 OK"
    with cluster.connect(database_access, connection.settings_dict["NAME"], role="app") as other:
        (ended,) = other.execute(END_OTHERS).fetchone() or (0,)
    assert ended
    assert ask(lane, api(entity)).status == "200 OK"


@pytest.mark.django_db(transaction=True)
def test_without_a_database_the_lane_says_so(lane: Fronted, monkeypatch: pytest.MonkeyPatch) -> None:
    entity = founded()
    connection.close()
    wire.hang_up()
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    answer = ask(lane, api(entity))
    assert (answer.status, answer.header("Retry-After")) == ("503 Service Unavailable", "2")
    assert "几秒后重试" in json.loads(answer.body)["detail"]
