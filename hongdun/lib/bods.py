"""Who holds shares in an entity, in the Beneficial Ownership Data Standard 0.4 (standard.openownership.org).

Only what the register shows to everybody: shareholders by name. Two persons of one name in two entities are two
records, because what tells them apart is not public. The same facts always give the same ids.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from hongdun.lib.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from hongdun.lib.particulars import Share

    Statement = dict[str, Any]
    Holder = tuple[str, int]  # name, and which of those that bear it

VERSION = "0.4"
PUBLISHER = {"name": "广西壮族自治区市场监督管理局"}
SOURCE = {"type": ["officialRegister"]}
CHINA = {"name": "中国", "code": "CN"}
SCHEME = "CN-SAIC"  # org-id.guide's list for unified codes
SPACE = UUID("5a3c0f3e-6c0b-5d5e-9d55-3d1f0b7f4a10")
WHOLE = Decimal(100)
PLACES = Decimal("0.0001")
# A holder whom the register doesn't know is told to be an organisation by the end of the name alone.
ORGANISATION = re.compile(
    r".{3}(?:公司|企业|中心|集团|合伙|合作社|委员会|管理局|厅|局|政府|协会|学会|基金会?|银行|医院|学校|大学|研究院|研究所|厂|店)"
    r"(?:（[^）]*）)?\Z"
)


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity as it is today; `since` is when its present state came about, `ended` that it is no more."""

    uscc: str
    name: str
    version: int
    since: date
    published: date
    founded: date | None = None
    closed: date | None = None
    address: str = ""

    @property
    def record(self) -> str:
        return f"entity-{self.uscc}"


@dataclass(frozen=True, slots=True)
class State:
    """Its shares from a day on, as the register knows them since `published`."""

    since: date
    published: date
    shares: tuple[Share, ...]


def entity(subject: Subject) -> Statement:
    """What the register says of the entity itself today: one statement for each of its versions."""
    details: dict[str, Any] = {
        "isComponent": False,
        "entityType": {"type": "registeredEntity"},
        "name": subject.name,
        "jurisdiction": CHINA,
        "identifiers": [{"id": subject.uscc, "scheme": SCHEME}],
    }
    if subject.founded:
        details["foundingDate"] = str(subject.founded)
    if subject.closed:
        details["dissolutionDate"] = str(subject.closed)
    if subject.address:
        details["addresses"] = [{"type": "registered", "address": subject.address, "country": CHINA}]
    status = "closed" if subject.closed else "new" if subject.version == 1 else "updated"
    now = State(subject.since, subject.published, ())
    return _statement(subject, now, record=subject.record, kind="entity", status=status, details=details)


def ownership(
    subject: Subject, states: Iterable[State], known: Mapping[UUID, Subject]
) -> Iterator[Statement]:
    """Holders and their shares from state to state, oldest first; `known` are holders that the register has.

    The statement of the subject, and of each known holder, is `entity`'s, once in a file.
    """
    now: dict[Holder, _Stint] = {}
    stints: Counter[Holder] = Counter()
    for state in states:
        held = dict(_holders(state.shares))
        for holder in [each for each in now if each not in held]:
            yield now.pop(holder).closed(state)
        for holder, share in held.items():
            if holder not in now:
                stints[holder] += 1
                now[holder] = _Stint(subject, holder, stints[holder], state.since)
                if stints[holder] == 1 and share.entity not in known:
                    yield _unregistered(subject, holder, state)
            yield from now[holder].seen(share, state, known)


def _holders(shares: tuple[Share, ...]) -> Iterator[tuple[Holder, Share]]:
    names: Counter[str] = Counter()
    for share in shares:
        names[share.holder] += 1
        yield (share.holder, names[share.holder]), share


@dataclass(slots=True)
class _Stint:
    """One holder in one entity from coming in to going out: one record of a relationship."""

    subject: Subject
    holder: Holder
    number: int
    since: date
    details: dict[str, Any] | None = None

    @property
    def record(self) -> str:
        return _id(self.subject.uscc, "holds", *self.holder, self.number)

    def seen(self, share: Share, state: State, known: Mapping[UUID, Subject]) -> Iterator[Statement]:
        """A statement where the relationship is new or differs from what was stated last."""
        entity = known.get(share.entity) if share.entity else None
        holder = entity.record if entity else _record(self.subject, self.holder)
        details = {
            "isComponent": False,
            "subject": self.subject.record,
            "interestedParty": holder,
            "interests": [_interest(share, state.shares, self.since)],
        }
        if details != self.details:
            status = "updated" if self.details else "new"
            self.details = details
            yield self._statement(status, state)

    def closed(self, state: State) -> Statement:
        assert self.details is not None
        [interest] = self.details["interests"]
        self.details = self.details | {"interests": [interest | {"endDate": str(state.since)}]}
        return self._statement("closed", state)

    def _statement(self, status: str, state: State) -> Statement:
        return _statement(
            self.subject, state, record=self.record, kind="relationship", status=status, details=self.details
        )


def _interest(share: Share, shares: tuple[Share, ...], since: date) -> dict[str, Any]:
    until = f"，{share.deadline} 前缴足" if share.deadline else ""
    found: dict[str, Any] = {
        "type": "shareholding",
        "directOrIndirect": "direct",
        "details": f"认缴 {plain(share.subscribed)}（{share.form}{until}）",
        "startDate": str(since),
    }
    total = sum((each.subscribed.amount for each in shares), Decimal(0))
    if total > 0 and len({each.subscribed.currency for each in shares}) == 1:
        found["share"] = {"exact": float((share.subscribed.amount * WHOLE / total).quantize(PLACES))}
    return found


def _unregistered(subject: Subject, holder: Holder, state: State) -> Statement:
    """A person, or an organisation that the register doesn't know."""
    name = holder[0]
    details: dict[str, Any] = {"isComponent": False}
    kind = "entity" if ORGANISATION.search(name) else "person"
    if kind == "entity":
        details |= {"entityType": {"type": "legalEntity"}, "name": name}
    else:
        details |= {"personType": "knownPerson", "names": [{"type": "legal", "fullName": name}]}
    return _statement(
        subject, state, record=_record(subject, holder), kind=kind, status="new", details=details
    )


def _record(subject: Subject, holder: Holder) -> str:
    return _id(subject.uscc, "holder", *holder)


def _statement(
    subject: Subject, state: State, *, record: str, kind: str, status: str, details: Any
) -> Statement:
    body = {
        "statementDate": str(state.since),
        "declarationSubject": subject.record,
        "recordId": record,
        "recordType": kind,
        "recordStatus": status,
        "recordDetails": details,
    }
    return {
        "statementId": _id(json.dumps(body, sort_keys=True)),
        **body,
        "publicationDetails": {
            "publicationDate": str(state.published),
            "bodsVersion": VERSION,
            "publisher": PUBLISHER,
        },
        "source": SOURCE,
    }


def _id(*parts: object) -> str:
    return str(uuid5(SPACE, "/".join(map(str, parts))))
