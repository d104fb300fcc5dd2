"""Reading the register: `from hongdun.register import queries as register`."""

from hongdun.register.queries.names import name_taken
from hongdun.register.queries.search import SHORTEST, Hits, find, looks_like_code
from hongdun.register.queries.states import (
    Filing,
    State,
    as_of,
    current,
    full,
    history,
    latest,
    licence_state,
    licences,
)

__all__ = [
    "SHORTEST",
    "Filing",
    "Hits",
    "State",
    "as_of",
    "current",
    "find",
    "full",
    "history",
    "latest",
    "licence_state",
    "licences",
    "looks_like_code",
    "name_taken",
]
