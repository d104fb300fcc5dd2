"""Results of a search as a page shows them: what was found, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongdun.lib import matching
from hongdun.portal.queries.record import organ_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.lib.matching import Part
    from hongdun.register.models import Entity
    from hongdun.register.queries import Found, Hit

BUREAU = "市场监督管理局"
LABELS = {"pinyin": "拼音", "initials": "拼音首字母", "homophone": "同音", "slip": "差一字"}


@dataclass(frozen=True, slots=True)
class Result:
    """`name`, `address` and the others in parts, of which some are marked; `reason` where it isn't plain to see."""

    entity: Entity
    place: str
    name: list[Part]
    address: list[Part]
    reason: str = ""
    former: list[Part] | None = None
    scope: list[Part] | None = None


def results(found: Found) -> list[Result]:
    places = {
        code: name.removesuffix(BUREAU)
        for code, name in organ_names({hit.entity.organ for hit in found.hits}).items()
    }
    return [_result(hit, found.where, places[hit.entity.organ]) for hit in found.hits]


def _result(hit: Hit, where: str, place: str) -> Result:
    entity, match = hit.entity, hit.match
    name, address = _plain(entity.name), _plain(entity.address)
    if match is None:
        return Result(entity, place, name, address)
    reason = LABELS.get(match.by, "")
    if where == "address":
        return Result(entity, place, name, match.parts, reason)
    if where == "scope":
        return Result(entity, place, name, address, reason, scope=matching.excerpt(match.parts))
    if match.former:
        return Result(entity, place, name, address, reason, former=match.parts)
    return Result(entity, place, match.parts, address, reason)


def _plain(text: str) -> list[Part]:
    return [matching.Part(text, matched=False)] if text else []


def matched_by(hit: Hit, where: str) -> str:
    """How the API calls what was found: name, former_name, pinyin, …, address, scope."""
    if hit.match is None:
        return where
    if where in {"address", "scope"}:
        return where
    if hit.match.by != "words":
        return hit.match.by
    return "former_name" if hit.match.former else "name"


MATCHED: Sequence[str] = (
    "code", "name", "former_name", "pinyin", "initials", "homophone", "slip", "address", "scope",
)  # fmt: skip
