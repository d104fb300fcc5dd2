from hongdun.audit.queries.events import VERBS, describe, months_ahead, of_case, of_subject
from hongdun.audit.queries.verifying import Finding, Report, verify

__all__ = [
    "VERBS",
    "Finding",
    "Report",
    "describe",
    "months_ahead",
    "of_case",
    "of_subject",
    "verify",
]
