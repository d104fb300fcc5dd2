from __future__ import annotations

import hmac
from datetime import timedelta
from time import time
from typing import TYPE_CHECKING, Any

import pyotp
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.db.models import F
from django.utils import timezone

from hongdun.audit import actions as audit
from hongdun.base.clock import now
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.base.sealed import fingerprint
from hongdun.lib import organs
from hongdun.org import queries
from hongdun.org.models import Attempts, CaseShare, Credential, Officer, Post

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from hongdun.base.actor import Actor

NEXT_NUMBER = """
INSERT INTO org_numberseries (id, organ_id, year, series, last) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (organ_id, year, series) DO UPDATE SET last = org_numberseries.last + 1
RETURNING last, (SELECT mark FROM org_organ WHERE code = org_numberseries.organ_id)
"""
# Counted before the proof is looked at, so that parallel guesses can't slip through.
COUNT_ATTEMPT = """
INSERT INTO org_attempts AS a (key, failures, last) VALUES (%(key)s, 1, %(now)s)
ON CONFLICT (key) DO UPDATE SET
  failures = CASE WHEN a.last < %(since)s OR a.locked_until IS NOT NULL THEN 1 ELSE a.failures + 1 END,
  locked_until = CASE WHEN a.last >= %(since)s AND a.locked_until IS NULL AND a.failures + 1 >= %(limit)s
                 THEN %(until)s::timestamptz END,
  last = %(now)s
WHERE a.locked_until IS NULL OR a.locked_until <= %(now)s
RETURNING failures
"""
TOTP_STEP = 30


class SignInRefused(Exception):
    """The message is for the person at the log-in page and is the same for names that nobody has."""


def next_number(*, organ: int, series: str, year: int) -> str:
    """The next number of a series: without gaps, because the row stays locked until the caller commits.

    A station's papers are numbered in its county bureau's series. Six-cornered brackets, the number without 第 and
    leading zeros (GB/T 9704-2012 7.2.5).
    """
    with connection.cursor() as cursor:
        cursor.execute(NEXT_NUMBER, [uuid7(), organs.county_of(organ) or organ, year, series])
        number, mark = cursor.fetchone()
    return f"{mark}{series}字〔{year}〕{number}号"


def share_case(*, case_id: UUID, organ: int, until: datetime | None, reason: str, actor: Actor) -> CaseShare:
    """Let another organ see a case for joint handling; the caller has checked that `actor` may give it."""
    with system_scope("联合办理"):
        share = CaseShare.objects.create(case_id=case_id, organ_id=organ, until=until)
    audit.record("case.shared", actor=actor, subject=share.id, case_id=case_id, reason=reason, to=organ)
    return share


def end_share(*, share: CaseShare, at: datetime, actor: Actor) -> None:
    with system_scope("联合办理结束"):
        CaseShare.objects.filter(id=share.id).update(until=at)
    audit.record("case.share_ended", actor=actor, subject=share.id, case_id=share.case_id, to=share.organ_id)


def account_key(kind: str, login: str) -> str:
    return fingerprint(login.strip().casefold(), kind=f"attempts:{kind}")


def address_key(address: str) -> str:
    return fingerprint(address, kind="attempts:address")


def count_attempt(account: str, address: str) -> bool:
    """Count one try on the account's key; True if this try, failing, locks. Raises SignInRefused while locked.

    The address is counted when a try has failed: colleagues behind one address log in at the same moment.
    """
    with system_scope("登录计数"):
        if Attempts.objects.filter(key=address, locked_until__gt=now()).exists():
            raise SignInRefused(_locked_words(address))
        tries = _count(account)
        if tries is None:
            raise SignInRefused(_locked_words(account))
    return tries >= settings.SIGN_IN_FAILURES


def _count(key: str) -> int | None:
    """Failures in a row including this one; None while the key is locked."""
    at, length = now(), timedelta(seconds=settings.SIGN_IN_LOCK_SECONDS)
    values: dict[str, str | int | datetime] = {
        "key": key,
        "now": at,
        "since": at - length,
        "until": at + length,
        "limit": settings.SIGN_IN_FAILURES,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ATTEMPT, values)
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _locked_words(key: str) -> str:
    until = Attempts.objects.get(key=key).locked_until
    at = f"，请在 {timezone.localtime(until):%H:%M} 以后再试" if until else ""
    return f"登录失败次数过多，已暂停登录{at}，或请系统管理员解锁。"


def _take_back(key: str) -> None:
    """One try was right so far: it no longer counts, but earlier failures do until the log-in is whole."""
    with system_scope("登录计数"):
        Attempts.objects.filter(key=key).update(failures=F("failures") - 1, locked_until=None)


def forget_attempts(*keys: str) -> None:
    with system_scope("登录计数"):
        Attempts.objects.filter(key__in=keys).delete()


def prove_password(*, login: str, password: str, address: str) -> Officer:
    """First step of an officer's log-in; unknown names take the same time and get the same answer."""
    keys = account_key("officer", login), address_key(address)
    locking = count_attempt(*keys)
    officer = Officer.objects.may_log_in().filter(login=login.strip()).first()
    with system_scope("核对登录口令"):
        known = Credential.objects.filter(officer=officer).first() if officer else None
    right = check_password(password, known.password) if known else not make_password(password)
    if not (right and officer):
        _officer_failed(officer, address, step="password", locking=locking)
        raise SignInRefused(
            f"登录名或口令不正确，请核对后重填。连续 {settings.SIGN_IN_FAILURES} 次不正确将暂停登录。"
        )
    _take_back(keys[0])
    return officer


def prove_code(*, officer: Officer, code: str, address: str) -> None:
    """Second step: a one-time code of now ± 30 s, each usable once (RFC 6238 5.2)."""
    keys = account_key("officer", officer.login), address_key(address)
    locking = count_attempt(*keys)
    with system_scope("核对动态验证码"):
        known = Credential.objects.filter(officer=officer).first()
        step = matching_step(known.totp, code) if known else None
        # The condition lets one of two parallel log-ins with the same code win.
        fresh = step and Credential.objects.filter(officer=officer, last_totp_step__lt=step)
        used = fresh.update(last_totp_step=step) if fresh else 0
    if not used:
        _officer_failed(officer, address, step="code", locking=locking)
        raise SignInRefused("动态验证码不正确或已经用过，请等下一个验证码出现后再填。")
    forget_attempts(*keys)


def step_now() -> int:
    return int(time()) // TOTP_STEP


def matching_step(secret: str, code: str) -> int | None:
    step = step_now()
    totp = pyotp.TOTP(secret)
    near = (each for each in (step, step - 1, step + 1) if hmac.compare_digest(totp.generate_otp(each), code))
    return next(near, None)


def _officer_failed(officer: Officer | None, address: str, *, step: str, locking: bool) -> None:
    organ = officer.organ_id if officer else None
    record_failure(officer.id if officer else None, organ=organ, address=address, step=step, locking=locking)


def record_failure(person: UUID | None, *, organ: int | None, address: str, step: str, locking: bool) -> None:
    with system_scope("登录") as actor:
        locking |= (_count(address_key(address)) or 0) >= settings.SIGN_IN_FAILURES
        verb = "sign_in.locked" if locking else "sign_in.failed"
        audit.record(verb, actor=actor, subject=person or "unknown", organ=organ, address=address, step=step)


def record_session(verb: str, *, officer: Officer, actor: Actor, **data: Any) -> None:
    """Log signing in and out and taking up a post."""
    with acting(actor):
        audit.record(verb, actor=actor, subject=officer.id, organ=actor.organ or officer.organ_id, **data)


def add_officer(
    *, login: str, name: str, organ: int, password: str, totp: str, actor: Actor, is_demo: bool = False
) -> Officer:
    """Take an officer into service; `password` is the hash, `totp` the base32 secret of the second factor."""
    officer = Officer.objects.create(login=login, name=name, organ_id=organ, is_demo=is_demo)
    with system_scope("建立登录凭据"):
        Credential.objects.create(officer=officer, password=password, totp=totp)
    audit.record("officer.added", actor=actor, subject=officer.id, organ=organ, login=login)
    return officer


def add_post(*, post: Post, actor: Actor) -> Post:
    """Give an officer a post; the database refuses organs outside the actor's range."""
    post.full_clean()
    if post.officer.posts.on(post.valid_from).filter(organ=post.organ_id, role=post.role).exists():
        raise ValidationError("这位工作人员在该机关已有同样的岗位，请先结束原岗位")
    post.save(force_insert=True)
    audit.record(
        "post.added",
        actor=actor,
        subject=post.id,
        organ=post.organ_id,
        officer=post.officer_id,
        role=post.role,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        on_behalf_of=post.on_behalf_of_id,
    )
    return post


def end_post(*, post: Post, last_day: date, reason: str, actor: Actor) -> None:
    """End a post with this day; with a day past it ends at once, open sessions included."""
    post.valid_to = last_day
    post.full_clean()
    post.save(update_fields=["valid_to"])
    audit.record(
        "post.ended",
        actor=actor,
        subject=post.id,
        organ=post.organ_id,
        reason=reason,
        officer=post.officer_id,
        last_day=last_day,
    )


def reset_second_factor(*, officer: Officer, totp: str, reason: str, actor: Actor) -> None:
    """Replace a lost second factor and end the officer's sessions."""
    end_sessions(officer)
    with system_scope("重置二次验证"):
        Credential.objects.filter(officer=officer).update(totp=totp, last_totp_step=0)
    audit.record(
        "officer.factor_reset", actor=actor, subject=officer.id, organ=officer.organ_id, reason=reason
    )


def change_password(*, officer: Officer, present: str, password: str, actor: Actor) -> None:
    """Change one's own password and end one's other sessions; raises SignInRefused on a wrong present one."""
    locking = count_attempt(account_key("officer", officer.login), "")
    with system_scope("修改口令"):
        known = Credential.objects.get(officer=officer)
        if check_password(present, known.password):
            known.password = make_password(password)
            known.save(update_fields=["password"])
            end_sessions(officer)
            forget_attempts(account_key("officer", officer.login))
            audit.record("officer.password_changed", actor=actor, subject=officer.id, organ=officer.organ_id)
            return
    _officer_failed(officer, "", step="password change", locking=locking)
    raise SignInRefused("现在的口令不正确，请重新填写。")


def unlock(*, officer: Officer, actor: Actor) -> None:
    if not queries.in_range(officer.organ_id, actor):
        raise PermissionDenied("这位工作人员的编制不在您管理的范围内。")
    forget_attempts(account_key("officer", officer.login))
    audit.record("officer.unlocked", actor=actor, subject=officer.id, organ=officer.organ_id)


def end_sessions(officer: Officer) -> None:
    """Raising the stamp makes every seat of the officer void; refused outside the actor's range."""
    officer.stamp += 1
    officer.save(update_fields=["stamp"])
