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
from hongdun.portal.queries.sections import OWN as SECTIONS
from hongdun.portal.queries.verifying import Checked, Verdict, checked, verdict
from hongdun.portal.queries.versions import Page, versions

__all__ = [
    "SECTIONS",
    "STATUS_COLOURS",
    "Checked",
    "Compared",
    "Page",
    "Reading",
    "Verdict",
    "changes",
    "checked",
    "colour",
    "compared",
    "happenings",
    "organ_name",
    "organ_names",
    "read",
    "remarks",
    "shares",
    "summary",
    "unknown",
    "verdict",
    "versions",
]
