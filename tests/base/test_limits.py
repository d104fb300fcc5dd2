from __future__ import annotations

from datetime import date
from hashlib import sha256
from itertools import count

import pytest
from django.db import connection

from hongdun.base import limits, proofs
from hongdun.base.limits import Quota

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
NOON = 1_800_000_000.0  # 2027-01-15 16:00 in Shanghai, a full minute


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment = [NOON]
    for module in (limits, proofs):
        monkeypatch.setattr(module, "time", lambda: moment[0])
    return moment


def refused(bucket: str, quota: Quota, times: int) -> list[bool]:
    return [bool((found := limits.take(bucket, quota)) and found.refused) for _ in range(times)]


def test_a_minute_holds_its_quota_and_the_next_begins_anew(at: list[float]) -> None:
    quota = Quota(3, 0)
    assert refused("a", quota, 4) == [False, False, False, True]
    at[0] = NOON + 59.9
    assert refused("a", quota, 1) == [True]
    at[0] = NOON + 60
    assert refused("a", quota, 1) == [False]


def test_a_day_holds_its_quota_to_midnight_in_shanghai(at: list[float]) -> None:
    quota = Quota(0, 2)
    assert refused("a", quota, 3) == [False, False, True]
    standing = limits.take("a", quota)
    assert standing
    assert standing.wait == 8 * 3600
    at[0] = NOON + standing.wait - 1
    assert refused("a", quota, 1) == [True]
    at[0] += 1
    assert refused("a", quota, 1) == [False]


def test_what_a_minute_refuses_does_not_use_up_the_day(at: list[float]) -> None:
    refused("a", Quota(1, 2), 10)
    at[0] += 60
    assert refused("a", Quota(1, 2), 1) == [False]


def test_callers_are_counted_apart(at: list[float]) -> None:
    assert refused("a", Quota(1, 0), 2) == [False, True]
    assert refused("b", Quota(1, 0), 1) == [False]


def test_without_limit_nothing_is_counted() -> None:
    assert limits.take("a", Quota(0, 0)) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM base_allowance")
        assert cursor.fetchone() == (0,)


def test_the_fields_tell_what_is_left(at: list[float]) -> None:
    at[0] = NOON + 15
    standing = limits.take("a", Quota(60, 1000))
    assert standing
    assert standing.headers() == [
        ("RateLimit-Policy", '"minute";q=60;w=60, "day";q=1000;w=86400'),
        ("RateLimit", '"minute";r=59;t=45, "day";r=999;t=28785'),
    ]


def test_old_days_are_forgotten(at: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    limits.take("a", Quota(1, 1))
    day = date(2027, 1, 15)
    for later, kept in ((2, {("a", day.toordinal()): 1}), (3, {})):
        monkeypatch.setattr(limits, "today", lambda later=later: day.replace(day=15 + later))
        limits.forget_old()
        monkeypatch.setattr(limits, "today", lambda: day)
        assert limits.used(["a"]) == kept


def solved(challenge: proofs.Challenge) -> str:
    for number in count():
        proof = f"{challenge.seed}.{number}"
        if int(sha256(proof.encode()).hexdigest(), 16) >> (256 - challenge.bits) == 0:
            return proof
    raise AssertionError


@pytest.fixture
def easy(settings: object) -> None:
    settings.CHALLENGE_BITS = 8  # type: ignore[attr-defined]


def test_a_proof_counts_once(at: list[float], easy: None) -> None:
    proof = solved(proofs.challenge("ip:a"))
    proofs.accept(proof, "ip:a")
    with pytest.raises(proofs.Unproven, match="已经用过"):
        proofs.accept(proof, "ip:a")


def test_a_proof_ends(at: list[float], easy: None) -> None:
    proof = solved(proofs.challenge("ip:a"))
    at[0] += proofs.VALID_SECONDS
    proofs.accept(proof, "ip:a")
    late = solved(proofs.challenge("ip:a"))
    at[0] += proofs.VALID_SECONDS + 1
    with pytest.raises(proofs.Unproven, match="已过期"):
        proofs.accept(late, "ip:a")


def test_a_proof_is_for_its_own_caller_and_difficulty(at: list[float], easy: None) -> None:
    proof = solved(proofs.challenge("ip:a"))
    with pytest.raises(proofs.Unproven, match="不符"):
        proofs.accept(proof, "ip:b")
    with pytest.raises(proofs.Unproven, match="不符"):
        proofs.accept(proof.replace("-8-", "-1-"), "ip:a")
    seed = proof.rpartition(".")[0]
    wrong = next(n for n in count() if sha256(f"{seed}.{n}".encode()).digest()[0])
    with pytest.raises(proofs.Unproven, match="前 8 位"):
        proofs.accept(f"{seed}.{wrong}", "ip:a")


@pytest.mark.parametrize("proof", ["", ".", "x", "a-b-c.1", "a-8-c-d.²", "1.-1", "9" * 5000])
def test_nonsense_is_no_proof(proof: str) -> None:
    with pytest.raises(proofs.Unproven):
        proofs.accept(proof, "ip:a")
