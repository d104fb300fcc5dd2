"""Reading the register: `from hongdun.register import queries as register`."""

from hongdun.register.queries.names import Bearer, Check, Finding, Naming, check_name, conflicts, split_name
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
    "Bearer",
    "Check",
    "Filing",
    "Finding",
    "Hits",
    "Naming",
    "State",
    "as_of",
    "check_name",
    "conflicts",
    "current",
    "find",
    "full",
    "history",
    "latest",
    "licence_state",
    "licences",
    "looks_like_code",
    "split_name",
]
