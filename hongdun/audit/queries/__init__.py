from hongdun.audit.queries.events import VERBS, describe, of_case, of_subject
from hongdun.audit.queries.verifying import Finding, Report, verify

__all__ = [
    "VERBS",
    "Finding",
    "Report",
    "describe",
    "of_case",
    "of_subject",
    "verify",
]
