"""What a shop-keeper wants to have changed, beside what the register says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hongdun.lib import comparison
from hongdun.lib.particulars import Domicile, Particulars
from hongdun.register import queries as register
from hongdun.registration import allowable
from hongdun.registration.individual import terms
from hongdun.registration.individual.terms import PLAIN
from hongdun.registration.topics import entity as whose
from hongdun.registration.topics import terms as shared
from hongdun.registration.topics import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from hongdun.cases.models import Case
    from hongdun.register.models import Entity
    from hongdun.registration.allowable import Blocker

    Json = Mapping[str, Any]

__all__ = ["PLAIN", "TOPICS", "answers", "blockers", "concerns", "facts", "stored", "wanted"]

TOPICS = {"entity": "哪一户", "wanted": "要改成什么", "documents": "材料"}


def concerns(entity: Entity) -> bool:
    return entity.kind == "individual"


def blockers(entity: Entity, *, on: date) -> Iterator[Blocker]:  # noqa: ARG001 - all filings take the day
    yield from allowable.common(entity)
    yield from allowable.revoked(entity)


def stored(data: Json, *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def wanted(before: Particulars, data: Json) -> Particulars:
    """The state that the register gets; what wasn't asked for stays."""
    value = data["wanted"]
    after = replace(
        before, name=value["name"], domicile=Domicile(value["address"], before.domicile.division),
        scope=shared.scope({"scope": value["scope"]}),
    )  # fmt: skip
    operator = value.get("operator")
    if operator:
        after = replace(after, representative=operator["name"])
    if operator or value["composition"]:
        after = replace(after, people=_people(before, value))
    if value["composition"]:
        after = replace(after, composition=terms.COMPOSITIONS[value["composition"]])
    return after


def _people(before: Particulars, value: Json) -> tuple[Any, ...]:
    """A new operator, the family where it was stated anew, and whoever else there was."""
    stated = {"operator"} if value.get("operator") else set()
    stated |= {"family_member"} if value["composition"] else set()
    fresh = (terms.entry(value["operator"], "operator"),) if value.get("operator") else ()
    family = tuple(
        terms.entry(each, "family_member") for each in value["family"] if value["composition"] == "family"
    )
    return (*fresh, *(each for each in before.people if each.role not in stated), *family)


def facts(case: Case) -> dict[str, Any]:
    """Before and after, as far as the public register tells; and how it came where an officer took it in."""
    from hongdun.registration.individual.establishment.queries import counter_words

    return {
        "answers": [(code, label, answers(code, case.data)) for code, label in TOPICS.items()],
        "counter": counter_words(case),
    }


def changes(data: Json) -> list[tuple[str, str, str]]:
    """Item, before, after: as they were registered, or as they would be now."""
    if "changes" in data:
        return [(label, before, after) for label, before, after in data["changes"]]
    before = register.latest(whose.of(data)).particulars
    found = [(c.label, c.before, c.after) for c in comparison.differences(before, wanted(before, data))]
    if data["wanted"]["composition"] == "family":
        members = "、".join(each["name"] for each in data["wanted"]["family"])
        found.append(("参加经营的家庭成员（备案）", "（不公示）", members))
    return found


def _wanted(value: Json, data: Json) -> list[tuple[str, str]]:  # noqa: ARG001 - all take both
    return [(label, f"{before or '（无）'} → {after or '（无）'}") for label, before, after in changes(data)]


answers = words.answering({"wanted": _wanted})
