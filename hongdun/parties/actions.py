from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import IntegrityError, connection

from hongdun.audit import actions as audit
from hongdun.base.actor import Actor
from hongdun.base.clock import now, today
from hongdun.base.identity import provider
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, current, system_scope
from hongdun.lib import apikeys, residents
from hongdun.org import actions as org
from hongdun.parties import queries
from hongdun.parties.models import Account, ApiKey, IdType, Kind, Password, Person

if TYPE_CHECKING:
    from uuid import UUID

MOST_KEYS = 5
KEEP_USAGE = """
INSERT INTO parties_apikeyusage (id, key_id, person, day, requests) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (key_id, day) DO UPDATE SET requests = greatest(parties_apikeyusage.requests, excluded.requests)
"""
INVOLVE = """
INSERT INTO parties_involvement (id, person_id, case_id, organ_id, role) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (person_id, case_id, role) DO NOTHING
"""


class AccountTaken(Exception):
    """Somebody registered with this phone already."""


class KeyRefused(Exception):
    """Why no key was made; the message is for the applicant."""


def remember_person(
    *,
    name: str,
    id_number: str = "",
    kind: str = Kind.NATURAL,
    id_type: str = "",
    phone: str = "",
    email: str = "",
    address: str = "",
    actor: Actor | None = None,
) -> Person:
    """Keep a person as this actor states them; stated again by the same actor, it is the same row.

    Another's statement of the same person stays apart: `queries.same_person` joins them by number.
    """
    by = actor or current()
    id_type = id_type or _usual_id_type(kind, id_number)
    hashed = queries.id_hash(id_type, id_number)
    with system_scope("登记当事人", savepoint=False):
        same = Person.objects.filter(stated_by=by.person, id_hash=hashed, kind=kind, name=name)
        person = (same.first() if hashed and by.person else None) or Person(
            kind=kind, name=name, id_type=id_type, id_hash=hashed, organ_id=by.organ, stated_by=by.person
        )
        person.id_number = id_number.strip().upper()
        _set_contact(person, phone=phone, email=email, address=address)
        person.save()
    return person


def update_person(
    person_id: UUID,
    *,
    name: str = "",
    phone: str = "",
    email: str = "",
    address: str = "",
    actor: Actor | None = None,
) -> Person:
    """Correct one's own statement; blank leaves what was there. Raises Person.DoesNotExist for others'."""
    by = actor or current()
    with system_scope("更正当事人"):
        person = Person.objects.get(id=person_id, stated_by=by.person, stated_by__isnull=False)
        person.name = name or person.name
        _set_contact(person, phone=phone, email=email, address=address)
        person.save()
    return person


def _set_contact(person: Person, *, phone: str, email: str = "", address: str = "") -> None:
    if phone:
        person.phone, person.phone_hash = phone.strip(), queries.phone_hash(phone)
    if email:
        person.email = email.strip()
    if address:
        person.address = address.strip()


def _usual_id_type(kind: str, id_number: str) -> str:
    if kind == Kind.ORGANISATION:
        return IdType.USCC
    return IdType.RESIDENT if residents.is_valid(id_number) else IdType.OTHER


def involve(person: UUID, *, case_id: UUID, organ: int, role: str, actor: Actor) -> None:
    """Tie a person to a case: the organ that handles it may then see the person's fields."""
    with system_scope("登记涉案当事人", savepoint=False), connection.cursor() as cursor:
        cursor.execute(INVOLVE, [uuid7(), person, case_id, organ, role])
        is_new = cursor.rowcount > 0
    if is_new:
        audit.record("person.involved", actor=actor, subject=person, organ=organ, case_id=case_id, role=role)


def register_account(
    *, name: str, id_number: str, phone: str, password: str, email: str = "", is_demo: bool = False
) -> Account:
    """Open an applicant's account, found by phone; raises AccountTaken."""
    vouched = provider().confirm(name=name, id_number=id_number, phone=phone)
    id_number = id_number.strip().upper()
    try:
        with system_scope("注册申请人账号") as actor:
            person = Person(
                name=name,
                id_type=IdType.RESIDENT,
                id_number=id_number,
                id_hash=queries.id_hash(IdType.RESIDENT, id_number),
                identity_by=vouched.by,
            )
            _set_contact(person, phone=phone, email=email)
            person.stated_by = person.id
            person.save(force_insert=True)
            account = Account.objects.create(
                person=person, login_hash=queries.login_hash(phone), is_demo=is_demo
            )
            Password.objects.create(account=account, hash=make_password(password))
            audit.record("account.registered", actor=actor, subject=person.id, identity=vouched.by)
    except IntegrityError as error:
        raise AccountTaken from error
    return account


def prove_password(*, login: str, password: str, address: str) -> Person:
    """An applicant's log-in; unknown phones take the same time and get the same answer."""
    keys = org.account_key("applicant", login), org.address_key(address)
    locking = org.count_attempt(*keys)
    account = Account.objects.may_log_in().filter(login_hash=queries.login_hash(login)).first()
    with system_scope("核对登录口令"):
        known = Password.objects.filter(account=account).first() if account else None
        person = Person.objects.filter(id=account.person_id).first() if account else None
    right = check_password(password, known.hash) if known else not make_password(password)
    if not (right and person):
        org.record_failure(
            person.id if person else None, organ=None, address=address, step="applicant", locking=locking
        )
        raise org.SignInRefused("手机号或密码不正确，请核对后重填；还没有账号的，请先注册。")
    org.forget_attempts(*keys)
    return person


def record_session(verb: str, *, person: Person, address: str) -> None:
    with acting(Actor(person.name, "applicant", person.id)) as actor:
        audit.record(verb, actor=actor, subject=person.id, address=address)


def reveal(person: Person, *, field: str, reason: str, actor: Actor, case_id: UUID | None = None) -> str:
    """Show one sealed field in full; whose, which, why and to whom is logged first (个保法 第五十一条)."""
    audit.read_personal(
        actor=actor, subject=person.id, fields=[field], reason=reason, organ=actor.organ, case_id=case_id
    )
    shown: dict[str, str] = {
        "id_number": person.id_number, "phone": person.phone, "email": person.email, "address": person.address,
    }  # fmt: skip
    return shown[field]


def make_key(*, name: str, actor: Actor) -> tuple[ApiKey, str]:
    """A new key of the public API, and its secret, which nobody can see again."""
    secret = apikeys.new()
    with system_scope("建立接口密钥"):
        Account.objects.select_for_update().get(person=actor.person)
        own = queries.keys_of(actor.person).filter(revoked=None)
        if own.filter(name=name).exists():
            raise KeyRefused(f"您已有名为“{name}”的密钥，请换一个名称")
        if own.count() >= MOST_KEYS:
            raise KeyRefused(f"每个账号最多 {MOST_KEYS} 个在用的密钥，请先停用不用的")
        key = ApiKey.objects.create(
            account_id=actor.person, name=name, hash=queries.api_key_hash(secret), hint=apikeys.hint(secret),
            per_minute=settings.KEY_PER_MINUTE, per_day=settings.KEY_PER_DAY,
        )  # fmt: skip
    audit.record("api_key.made", actor=actor, subject=key.id, hint=key.hint)
    return key, secret


def roll_key(key: ApiKey, *, actor: Actor) -> str:
    """Replace the secret; the old one ends at once, quota and usage stay with the key."""
    secret = apikeys.new()
    key.hash, key.hint, key.rolled = queries.api_key_hash(secret), apikeys.hint(secret), now()
    with system_scope("更换接口密钥"):
        key.save(update_fields=["hash", "hint", "rolled"])
    queries.forget_known_keys()
    audit.record("api_key.rolled", actor=actor, subject=key.id, hint=key.hint)
    return secret


def revoke_key(key: ApiKey, *, actor: Actor) -> None:
    key.revoked = now()
    with system_scope("停用接口密钥"):
        key.save(update_fields=["revoked"])
    queries.forget_known_keys()
    audit.record("api_key.revoked", actor=actor, subject=key.id, hint=key.hint)


def set_quota(key: ApiKey, *, per_minute: int, per_day: int, actor: Actor) -> None:
    key.per_minute, key.per_day = per_minute, per_day
    key.save(update_fields=["per_minute", "per_day"])
    queries.forget_known_keys()
    audit.record("api_key.quota_set", actor=actor, subject=key.id, per_minute=per_minute, per_day=per_day)


def keep_usage() -> None:
    """Write down what the counters say of today and yesterday."""
    keys = ApiKey.objects.filter(revoked=None) | ApiKey.objects.filter(revoked__gt=now() - timedelta(days=2))
    accounts = dict(keys.values_list("id", "account_id"))
    recent = {k: n for k, n in queries.usage(keys).items() if k[1] > today() - timedelta(days=2)}
    rows = [(uuid7(), key, accounts[key], day, count) for (key, day), count in recent.items()]
    with connection.cursor() as cursor:
        cursor.executemany(KEEP_USAGE, rows)
