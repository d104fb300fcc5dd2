"""What the public pages and the API show: `from hongdun.portal import queries`."""

from hongdun.portal.queries.reading import Reading, read
from hongdun.portal.queries.record import (
    STATUS_COLOURS,
    Compared,
    changes,
    colour,
    compared,
    happenings,
    organ_name,
    organ_names,
    remarks,
    shares,
    summary,
    unknown,
)
from hongdun.portal.queries.results import MATCHED, Result, matched_by, results
from hongdun.portal.queries.sections import OWN as SECTIONS
from hongdun.portal.queries.verifying import Checked, Verdict, checked, verdict
from hongdun.portal.queries.versions import Page, versions

__all__ = [
    "MATCHED",
    "SECTIONS",
    "STATUS_COLOURS",
    "Checked",
    "Compared",
    "Page",
    "Reading",
    "Result",
    "Verdict",
    "changes",
    "checked",
    "colour",
    "compared",
    "happenings",
    "matched_by",
    "organ_name",
    "organ_names",
    "read",
    "remarks",
    "results",
    "shares",
    "summary",
    "unknown",
    "verdict",
    "versions",
]
