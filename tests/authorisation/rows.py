"""What a row of the authorisation table says.

`path` makes the address for a subject; `sight` says to which relations its object exists at all;
`does`, for deeds, says who brings it about: everybody else who gets in is told why not and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.org.builders import NANNING, QINGXIU, REGION

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.authorisation.relations import Relation, Subject

    Path = Callable[[Subject], str]
    Sight = Callable[[Relation], bool]


def everywhere(_: Relation) -> bool:
    return True


def nowhere(_: Relation) -> bool:
    """The subject is neither a report nor a call, so nobody finds one behind it."""
    return False


def never(_role: str, _relation: Relation) -> bool:
    """It is asked for something that can't be done, whoever asks."""
    return False


def where_the_case_is_seen(relation: Relation) -> bool:
    return relation.sees


def where_its_people_are_seen(relation: Relation) -> bool:
    """A shared file shows its papers, not the sealed fields of the people; 承办 stations likewise."""
    return relation.sees and relation.name not in {"shared with", "station that handles it"}


def where_the_bureau_is_administered(relation: Relation) -> bool:
    return relation.organ in {QINGXIU, NANNING, REGION}


def in_its_own_bureau(relation: Relation) -> bool:
    return relation.organ == QINGXIU and not relation.recused


@dataclass(frozen=True)
class Row:
    path: Path
    sight: Sight = everywhere
    post: bool = False
    data: Mapping[str, str] = field(default_factory=dict)
    does: Callable[[str, Relation], bool] | None = None
    words: str = ""

    def __str__(self) -> str:
        return self.words


def case(rest: str = "") -> Path:
    return lambda subject: f"/cases/{subject.case.number}/{rest}"


def at(address: str) -> Path:
    return lambda _: address


SEEN = where_the_case_is_seen
ADMINISTERED = where_the_bureau_is_administered
AGREE = {"outcome": "agree", "opinion": "材料齐全，符合法定形式"}
REASON = {"reason": "核对"}
