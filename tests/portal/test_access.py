"""Limits, keys and challenges as a caller of the API and a reader of the pages meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from hongdun.base import proofs
from hongdun.base.scope import acting, system_scope
from hongdun.parties import actions as parties
from tests.base.test_limits import solved
from tests.parties.builders import an_account, an_applicant, sign_in
from tests.register.builders import founded

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client

    from hongdun.parties.models import ApiKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(settings: Any) -> str:
    settings.ANONYMOUS_PER_MINUTE, settings.ANONYMOUS_PER_DAY, settings.CHALLENGE_BITS = 2, 1000, 8
    return f"/api/v1/entities/{founded().uscc}"


def statuses(client: Client, address: str, times: int, **headers: str) -> list[int]:
    return [client.get(address, headers=headers).status_code for _ in range(times)]


def key(*, per_minute: int = 600, per_day: int = 50_000) -> tuple[ApiKey, str]:
    actor = an_applicant()
    with acting(actor):
        made, secret = parties.make_key(name="测试", actor=actor)
    with system_scope("测试") as system:
        parties.set_quota(made, per_minute=per_minute, per_day=per_day, actor=system)
    return made, secret


def refused(client: Client, address: str, **headers: str) -> dict[str, Any]:
    answer = client.get(address, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    body: dict[str, Any] = answer.json()
    return body


def test_the_anonymous_have_an_allowance(client: Client, address: str) -> None:
    assert statuses(client, address, 2) == [200, 200]
    body = refused(client, address)
    assert "每分钟 2 次的额度已用完" in body["detail"]
    assert client.get("/api/v1/entities/none").status_code == 429


def test_addresses_have_allowances_of_their_own(client: Client, address: str, settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1
    assert statuses(client, address, 3, **{"X-Forwarded-For": "192.0.2.1"}) == [200, 200, 429]
    assert statuses(client, address, 1, **{"X-Forwarded-For": "192.0.2.2"}) == [200]


def test_a_proof_earns_another_allowance(client: Client, address: str) -> None:
    statuses(client, address, 2)
    given = refused(client, address)["challenge"]
    assert (given["header"], given["bits"]) == (proofs.HEADER, 8)
    proof = solved(proofs.Challenge(given["seed"], given["bits"]))
    assert statuses(client, address, 1, **{proofs.HEADER: proof}) == [200]
    assert statuses(client, address, proofs.ALLOWANCE) == [200] * (proofs.ALLOWANCE - 1) + [429]


def test_a_bad_proof_is_told(client: Client, address: str) -> None:
    answer = client.get(address, headers={proofs.HEADER: "x"})
    assert answer.status_code == 400
    assert "原样发回" in answer.json()["detail"]


@pytest.mark.parametrize("name", ["Authorization", "X-Api-Key"])
def test_a_key_has_its_own_quota(client: Client, address: str, name: str) -> None:
    _, secret = key(per_minute=3)
    headers = {name: f"Bearer {secret}" if name == "Authorization" else secret}
    statuses(client, address, 3)
    assert statuses(client, address, 3, **headers) == [200] * 3
    body = refused(client, address, **headers)
    assert "challenge" not in body
    assert "与登记机关联系" in body["detail"]


def test_an_unlimited_key_is_not_counted(client: Client, address: str) -> None:
    _, secret = key(per_minute=0, per_day=0)
    assert statuses(client, address, 5, **{"X-Api-Key": secret}) == [200] * 5
    assert "RateLimit" not in client.get(address, headers={"X-Api-Key": secret}).headers


@pytest.mark.parametrize(
    ("secret", "words"),
    [("hd_short", "现在有 8 个"), ("abc", "应以 hd_ 开头"), ("hd_" + "0" * 36, "校验位不对")],
)
def test_a_mistyped_key_is_told_what_is_wrong(client: Client, address: str, secret: str, words: str) -> None:
    answer = client.get(address, headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert words in answer.json()["detail"]


def test_a_revoked_key_is_refused(client: Client, address: str) -> None:
    made, secret = key()
    assert statuses(client, address, 1, **{"X-Api-Key": secret}) == [200]
    with system_scope("测试") as system:
        parties.revoke_key(made, actor=system)
    answer = client.get(address, headers={"X-Api-Key": secret})
    assert answer.status_code == 401
    assert "/account/keys/" in answer.json()["detail"]


def test_pages_meet_strangers_with_a_challenge_and_let_applicants_through(
    client: Client, address: str
) -> None:
    page = f"/entity/{address.rpartition('/')[2]}/"
    assert statuses(client, page, 2) == [200, 200]
    answer = client.get(page)
    assert answer.status_code == 429
    assert "data-proof-seed" in answer.content.decode()
    assert client.get("/").status_code == 200
    an_account()
    sign_in(client)
    assert statuses(client, page, 5) == [200] * 5


def test_who_is_signed_in_types_a_name_without_limit(client: Client, address: str) -> None:
    def check() -> HttpResponse:
        body = {"name": "南宁邕江绿豆商贸有限公司"}
        return client.post("/api/v1/names/check", body, content_type="application/json")

    assert [check().status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/names/").status_code == 429
    an_account()
    sign_in(client)
    assert [check().status_code for _ in range(5)] == [200] * 5
    assert client.get("/names/").status_code == 200


def test_the_description_says_what_limits_answer(client: Client, address: str) -> None:
    described = client.get("/api/v1/openapi.json").json()
    for path in described["paths"].values():
        (one,) = path.values()
        assert {"401", "429", "503"} <= set(one["responses"])
    assert [client.get("/api/").status_code for _ in range(3)] == [200] * 3


def test_other_sites_may_read_and_ask_first(client: Client, address: str) -> None:
    answer: HttpResponse = client.options(address)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "X-Api-Key" in answer.headers["Access-Control-Allow-Headers"]
    for _ in range(3):
        answer = client.get(address)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "RateLimit" in answer.headers["Access-Control-Expose-Headers"]
