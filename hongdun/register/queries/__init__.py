"""Reading the register: `from hongdun.register import queries as register`."""

from hongdun.register.queries.names import (
    CITIES,
    Bearer,
    Check,
    Finding,
    Naming,
    check_name,
    conflicts,
    reserved_for,
    split_name,
)
from hongdun.register.queries.search import SHORTEST, Hits, find, looks_like_code
from hongdun.register.queries.states import (
    Filing,
    State,
    as_of,
    by_end,
    current,
    filings,
    full,
    history,
    latest,
    licence_state,
    licences,
    what_changed,
)
from hongdun.register.queries.suggestions import suggest

__all__ = [
    "CITIES",
    "SHORTEST",
    "Bearer",
    "Check",
    "Filing",
    "Finding",
    "Hits",
    "Naming",
    "State",
    "as_of",
    "by_end",
    "check_name",
    "conflicts",
    "current",
    "filings",
    "find",
    "full",
    "history",
    "latest",
    "licence_state",
    "licences",
    "looks_like_code",
    "reserved_for",
    "split_name",
    "suggest",
    "what_changed",
]
