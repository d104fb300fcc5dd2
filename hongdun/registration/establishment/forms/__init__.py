"""The pages of founding an entity: those of its kind, in the order in which one builds on the other."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hongdun.registration.establishment import queries
from hongdun.registration.establishment.forms import pages
from hongdun.registration.kinds import KINDS

if TYPE_CHECKING:
    from hongdun.registration.forms import Topic


@cache
def topics(procedure_code: str) -> dict[str, type[Topic]]:
    kind = KINDS[procedure_code]
    return {code: pages.of(kind, code, label) for code, label in queries.topics(kind).items()}
