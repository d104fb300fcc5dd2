from __future__ import annotations

from datetime import date
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError

from hongdun.base import limits
from hongdun.base.parts import SummaryRow
from hongdun.base.scope import current, system_scope
from hongdun.base.sealed import fingerprint
from hongdun.lib import masking
from hongdun.parties.models import Account, ApiKey, ApiKeyUsage, InvolvedAs, Involvement, Kind, Person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

# So long a worker may go on with what it knew of a key; a revoked one is refused everywhere after that.
KEY_SECONDS = 5
_known_keys: dict[str, tuple[float, ApiKey]] = {}
IDENTITY_WORDS = {"self_declared": "本人自报，未经核验"}


def account_stands(person_id: UUID, *, stamp: int) -> bool:
    return Account.objects.filter(person=person_id, stamp=stamp, is_active=True).exists()


def id_hash(id_type: str, id_number: str) -> str:
    return fingerprint(id_number.strip().upper(), kind=f"id:{id_type}") if id_number.strip() else ""


def phone_hash(phone: str) -> str:
    return fingerprint(phone.strip(), kind="phone") if phone.strip() else ""


def login_hash(login: str) -> str:
    return fingerprint(login.strip().casefold(), kind="login")


def same_person(hashed_id: str) -> frozenset[UUID]:
    """Every statement of the person with this identity number, wherever it was made; ids only."""
    if not hashed_id:
        return frozenset()
    with system_scope("查同一证件的当事人"):
        return frozenset(Person.objects.filter(id_hash=hashed_id).values_list("id", flat=True))


def statements_of(person_id: UUID) -> frozenset[UUID]:
    """This statement of a person and every other one under the same identity number; ids only."""
    with system_scope("查同一证件的当事人"):
        stated = Person.objects.filter(id=person_id).values_list("id_hash", flat=True).first() or ""
    return same_person(stated) | {person_id}


def name_of(person_id: UUID) -> str:
    return Person.objects.filter(id=person_id).values_list("name", flat=True).first() or ""


def to_be_told(case_id: UUID) -> list[Person]:
    """Who hears of a case: its applicant and the agent, each once."""
    rows = involved_in(case_id).filter(role__in=[InvolvedAs.APPLICANT, InvolvedAs.AGENT])
    return list({row.person_id: row.person for row in rows}.values())


def is_own_statement(person_id: str) -> bool:
    """Whether this id is a person whom the acting person stated; any other, or no id at all, is not."""
    by = current().person
    try:
        wanted = UUID(person_id)
    except ValueError:
        return False
    with system_scope("核对当事人"):
        return by is not None and Person.objects.filter(id=wanted, stated_by=by).exists()


def involved_in(case_id: UUID) -> QuerySet[Involvement]:
    return Involvement.objects.filter(case_id=case_id).select_related("person").order_by("role", "id")


def case_of(person: Person, wanted: str) -> UUID | None:
    """The case that the officer came from, if this person has to do with it."""
    try:
        return person.involvements.filter(case_id=wanted).values_list("case_id", flat=True).first()
    except ValidationError:
        return None


def masked(person: Person) -> list[SummaryRow]:
    """What may be shown without a reason: enough to recognise the person by."""
    number = person.id_number
    return [
        SummaryRow("类别", person.get_kind_display()),
        SummaryRow(
            person.get_id_type_display(),
            number if person.kind == Kind.ORGANISATION else masking.id_number(number),
        ),
        SummaryRow("联系电话", masking.phone(person.phone)),
        SummaryRow("电子邮箱", masking.email(person.email)),
        SummaryRow("住址", masking.address(person.address)),
        SummaryRow("身份核验", IDENTITY_WORDS.get(person.identity_by, person.identity_by)),
    ]


def api_key_hash(secret: str) -> str:
    return fingerprint(secret, kind="api_key")


def api_key(secret: str) -> ApiKey | None:
    """The key in force that this is; only keys in force are remembered, so the memory stays small."""
    if known := known_key(secret):
        return known
    found = ApiKey.objects.filter(hash=api_key_hash(secret), revoked=None, account__is_active=True).first()
    if found is None:
        _known_keys.pop(secret, None)
    else:
        _known_keys[secret] = (monotonic() + KEY_SECONDS, found)
    return found


def known_key(secret: str) -> ApiKey | None:
    """As far as the database needn't be asked."""
    until, known = _known_keys.get(secret, (0.0, None))
    return known if monotonic() < until else None


def forget_known_keys() -> None:
    _known_keys.clear()


def keys_of(person_id: UUID | None) -> QuerySet[ApiKey]:
    return ApiKey.objects.filter(account=person_id)


def usage(keys: Iterable[ApiKey]) -> dict[tuple[UUID, date], int]:
    """Requests by key and day: what is kept, and what is still being counted."""
    by_bucket = {limits.of_key(key.pk): key.pk for key in keys}
    kept = ApiKeyUsage.objects.filter(key__in=by_bucket.values()).values_list("key_id", "day", "requests")
    counting = limits.used(by_bucket).items()
    found = {(by_bucket[bucket], date.fromordinal(day)): count for (bucket, day), count in counting}
    return {(key, day): count for key, day, count in kept} | found


def other_names(person: Person) -> int:
    """How many other names have been stated with this person's telephone number; a figure only."""
    if not person.phone_hash:
        return 0
    with system_scope("查同一电话号码的当事人"):
        same = Person.objects.filter(phone_hash=person.phone_hash).exclude(name=person.name)
        return same.values("name").distinct().count()
