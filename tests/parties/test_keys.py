"""Keys of the API: made, shown once, rolled and revoked by the applicant alone."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from hongdun.audit.models import Event
from hongdun.base import limits
from hongdun.base.clock import today
from hongdun.base.scope import acting, system_scope
from hongdun.lib import apikeys
from hongdun.parties import actions, queries
from hongdun.parties.models import ApiKey, ApiKeyUsage
from tests.parties.builders import an_account, an_applicant, sign_in

if TYPE_CHECKING:
    from django.test import Client

    from hongdun.base.actor import Actor

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"hd_[0-9A-Za-z]{36}")


def made(actor: Actor, name: str = "进货查验") -> tuple[ApiKey, str]:
    with acting(actor):
        return actions.make_key(name=name, actor=actor)


def text(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_key_is_shown_once_and_only_its_hash_is_kept(client: Client) -> None:
    an_account()
    sign_in(client)
    assert "您还没有密钥" in text(client, "/account/keys/")
    answer = client.post("/account/keys/", {"name": "进货查验系统"})
    secret = SECRET.search(answer.content.decode())
    assert secret
    assert "no-store" in answer.headers["Cache-Control"]
    key = ApiKey.objects.get()
    for address in ("/account/keys/", f"/account/keys/{key.id}/"):
        shown = text(client, address)
        assert "进货查验系统" in shown
        assert apikeys.hint(secret[0]) in shown
        assert secret[0] not in shown
    with connection.cursor() as cursor:
        cursor.execute("SELECT k::text FROM parties_apikey k")
        assert secret[0] not in cursor.fetchone()[0]
    with system_scope("测试"):
        assert Event.objects.filter(verb="api_key.made").count() == 1


def test_a_page_sent_twice_makes_no_second_key(client: Client) -> None:
    an_account()
    sign_in(client)
    client.post("/account/keys/", {"name": "甲"})
    assert "您已有名为“甲”的密钥" in client.post("/account/keys/", {"name": "甲"}).content.decode()
    assert ApiKey.objects.count() == 1


def test_an_account_has_five_keys_in_use_at_most(client: Client) -> None:
    actor = an_applicant()
    keys = [made(actor, str(number))[0] for number in range(actions.MOST_KEYS)]
    with pytest.raises(actions.KeyRefused, match="最多 5 个"):
        made(actor, "六")
    with acting(actor):
        actions.revoke_key(keys[0], actor=actor)
    made(actor, "六")


def test_a_rolled_key_replaces_the_old_one_at_once(client: Client) -> None:
    an_account()
    sign_in(client)
    old = SECRET.search(client.post("/account/keys/", {"name": "甲"}).content.decode())
    assert old
    assert queries.api_key(old[0])
    key = ApiKey.objects.get()
    new = SECRET.search(client.post(f"/account/keys/{key.id}/roll/").content.decode())
    assert new
    assert queries.api_key(old[0]) is None
    found = queries.api_key(new[0])
    assert found
    assert found.id == key.id


def test_a_revoked_key_is_none_and_stays_so(client: Client) -> None:
    an_account()
    sign_in(client)
    secret = SECRET.search(client.post("/account/keys/", {"name": "甲"}).content.decode())
    assert secret
    key = ApiKey.objects.get()
    assert client.post(f"/account/keys/{key.id}/revoke/").status_code == 302
    assert queries.api_key(secret[0]) is None
    assert "已停用" in text(client, f"/account/keys/{key.id}/")
    assert client.post(f"/account/keys/{key.id}/roll/").status_code == 404


def test_a_key_of_a_closed_account_is_none(client: Client) -> None:
    account = an_account()
    _, secret = made(_actor(account))
    with system_scope("测试"):
        account.is_active = False
        account.save()
    assert queries.api_key(secret) is None


def _actor(account: object) -> Actor:
    from hongdun.base.actor import Actor

    return Actor("李建国", "applicant", account.person_id)  # type: ignore[attr-defined]


def test_usage_by_day_is_shown_and_outlives_its_counter(client: Client) -> None:
    an_account()
    sign_in(client)
    client.post("/account/keys/", {"name": "甲"})
    key = ApiKey.objects.get()
    for _ in range(3):
        limits.take(limits.of_key(key.pk), limits.Quota(10, 10))
    with system_scope("测试"):
        actions.keep_usage()
        actions.keep_usage()
        old = today() - timedelta(days=3)
        ApiKeyUsage.objects.create(key=key, person=key.account_id, day=old, requests=77)
        assert ApiKeyUsage.objects.get(day=today()).requests == 3
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM base_allowance")
    shown = text(client, f"/account/keys/{key.id}/")
    assert re.search(rf"{today()}.*?>3<.*{old}.*?>77<", shown, re.DOTALL)


def test_usage_is_seen_by_its_own_account_alone() -> None:
    actor = an_applicant()
    key, _ = made(actor)
    with system_scope("测试"):
        ApiKeyUsage.objects.create(key=key, person=actor.person, day=date(2026, 1, 1), requests=1)
    with acting(an_applicant(2, name="王秀兰")):
        assert not ApiKeyUsage.objects.exists()
    with acting(actor):
        assert ApiKeyUsage.objects.exists()


def test_an_administrator_sets_a_quota(client: Client) -> None:
    key, secret = made(an_applicant())
    out = StringIO()
    call_command("set_quota", secret[: apikeys.HINT], per_minute=0, per_day=0, stdout=out)
    assert "每分钟 不限 次" in out.getvalue()
    found = queries.api_key(secret)
    assert found
    assert (found.per_minute, found.per_day) == (0, 0)
    with system_scope("测试"):
        assert Event.objects.filter(verb="api_key.quota_set").count() == 1
    with pytest.raises(CommandError, match="没有以 hd_none"):
        call_command("set_quota", "hd_none", per_minute=0, per_day=0)
    with pytest.raises(CommandError, match="不能为负数"):
        call_command("set_quota", key.hint, per_minute=-1, per_day=0)
