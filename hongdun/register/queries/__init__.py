"""Reading the register: `from hongdun.register import queries as register`."""

from hongdun.register.queries.limits import TooSlow
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
from hongdun.register.queries.narrowing import Narrow
from hongdun.register.queries.people import MOST_PEOPLE, Holder, find_by_person, revoked_under
from hongdun.register.queries.places import BadCursor
from hongdun.register.queries.search import MOST, SHORTEST, Found, Hit, find, looks_like_code
from hongdun.register.queries.states import (
    IDENTITY,
    Filing,
    State,
    as_of,
    by_end,
    current,
    filings,
    full,
    history,
    latest,
    latest_of,
    licence_state,
    licences,
    open_versions,
    what_changed,
)
from hongdun.register.queries.suggestions import suggest

__all__ = [
    "CITIES",
    "IDENTITY",
    "MOST",
    "MOST_PEOPLE",
    "SHORTEST",
    "BadCursor",
    "Bearer",
    "Check",
    "Filing",
    "Finding",
    "Found",
    "Hit",
    "Holder",
    "Naming",
    "Narrow",
    "State",
    "TooSlow",
    "as_of",
    "by_end",
    "check_name",
    "conflicts",
    "current",
    "filings",
    "find",
    "find_by_person",
    "full",
    "history",
    "latest",
    "latest_of",
    "licence_state",
    "licences",
    "looks_like_code",
    "open_versions",
    "reserved_for",
    "revoked_under",
    "split_name",
    "suggest",
    "what_changed",
]
