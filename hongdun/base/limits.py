"""How much one caller may ask in a minute and in a day: one row for each caller and day, one statement a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from time import time
from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from hongdun.base import wire
from hongdun.base.clock import today
from hongdun.base.sealed import fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterable

MINUTE, DAY = 60, 86_400
SHANGHAI = 8 * 3600  # ahead of UTC, all the year
KEPT_DAYS = 2
# Refusals don't count: who hammers at a shut door finds it open again when the minute is over.
TAKE = wire.Statement("""
INSERT INTO base_allowance AS a (bucket, day, in_day, minute, in_minute) VALUES ($1, $2, 1, $3, 1)
ON CONFLICT (bucket, day) DO UPDATE SET
  minute = excluded.minute,
  in_minute = CASE WHEN a.minute = excluded.minute THEN least(a.in_minute, $4) ELSE 0 END + 1,
  in_day = least(a.in_day, $5) + CASE WHEN a.minute = excluded.minute AND a.in_minute >= $4 THEN 0 ELSE 1 END
RETURNING in_minute, in_day
""")
GIVE_BACK = """
UPDATE base_allowance SET in_minute = least(in_minute, %s) - %s, in_day = least(in_day, %s) - %s
WHERE bucket = %s AND day = %s
"""
USED = "SELECT bucket, day, in_day FROM base_allowance WHERE bucket = ANY(%s) AND day >= %s"
NO_LIMIT = 2**31 - 2
EPOCH = date(1970, 1, 1).toordinal()


class Quota(NamedTuple):
    """0 in either place: as many as one likes."""

    per_minute: int
    per_day: int

    @property
    def unlimited(self) -> bool:
        return not (self.per_minute or self.per_day)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller stands after this request, at a moment of the epoch."""

    quota: Quota
    in_minute: int
    in_day: int
    at: float

    @property
    def day_is_over(self) -> bool:
        return 0 < self.quota.per_day < self.in_day

    @property
    def refused(self) -> bool:
        return self.day_is_over or 0 < self.quota.per_minute < self.in_minute

    @property
    def wait(self) -> int:
        """Seconds until the limit that binds is lifted by itself."""
        return _left(self.at + SHANGHAI, DAY) if self.day_is_over else _left(self.at, MINUTE)

    def headers(self) -> list[tuple[str, str]]:
        """RateLimit fields of draft-ietf-httpapi-ratelimit-headers, and Retry-After for who is refused."""
        windows = [
            ("minute", self.quota.per_minute, self.in_minute, MINUTE, _left(self.at, MINUTE)),
            ("day", self.quota.per_day, self.in_day, DAY, _left(self.at + SHANGHAI, DAY)),
        ]
        told = [each for each in windows if each[1]]
        policy = ", ".join(f'"{name}";q={quota};w={length}' for name, quota, _, length, _ in told)
        left = ", ".join(f'"{name}";r={max(0, quota - used)};t={ends}' for name, quota, used, _, ends in told)
        retry = [("Retry-After", str(self.wait))] if self.refused else []
        return [("RateLimit-Policy", policy), ("RateLimit", left), *retry]


def _left(at: float, length: int) -> int:
    return length - int(at) % length


def of_address(address: str) -> str:
    """Bucket of an anonymous caller; the address itself is kept nowhere."""
    return f"ip:{fingerprint(address, kind='limits:address')}"


def of_key(key: object) -> str:
    return f"key:{key}"


def take(bucket: str, quota: Quota) -> Standing | None:
    """Count one request, whether it is answered or refused; None where nothing is limited."""
    if quota.unlimited:
        return None
    at, taken = taking(bucket, quota)
    return standing(quota, at, wire.row(TAKE, *taken))


def taking(bucket: str, quota: Quota) -> tuple[float, tuple[str, ...]]:
    """Now, and what TAKE wants to know."""
    per_minute, per_day = quota.per_minute or NO_LIMIT, quota.per_day or NO_LIMIT
    at = time()
    return at, (bucket, str(_day(at)), str(int(at) // MINUTE), str(per_minute), str(per_day))


def standing(quota: Quota, at: float, counted: wire.Row | None) -> Standing:
    in_minute, in_day = (int(each or 0) for each in counted or ())
    return Standing(quota, in_minute, in_day, at)


def give_back(bucket: str, quota: Quota, count: int) -> None:
    """Another allowance of `count` requests, in this minute and this day."""
    per_minute, per_day = quota.per_minute or NO_LIMIT, quota.per_day or NO_LIMIT
    values = (per_minute, count, per_day, count, bucket, _day(time()))
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK, values)


def used(buckets: Iterable[str]) -> dict[tuple[str, int], int]:
    """Requests of callers by bucket and day (an ordinal), as far back as they are kept."""
    with connection.cursor() as cursor:
        cursor.execute(USED, [list(buckets), today().toordinal() - KEPT_DAYS])
        return {(bucket, day): max(0, count) for bucket, day, count in cursor.fetchall()}


def forget_old() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM base_allowance WHERE day < %s", [today().toordinal() - KEPT_DAYS])
        cursor.execute("DELETE FROM base_spentproof WHERE until < %s", [int(time())])


def _day(at: float) -> int:
    """Ordinal of the Shanghai date."""
    return int(at + SHANGHAI) // DAY + EPOCH
