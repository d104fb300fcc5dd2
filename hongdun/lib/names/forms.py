"""Organisational forms, the last part of a name (企业名称登记管理规定 art. 10), and what is bracketed behind."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

_ROWS = list(csv.DictReader(files(__package__).joinpath("tables/forms.csv").read_text("utf-8").splitlines()))
COMPANY = tuple(row["word"] for row in _ROWS if row["kind"] == "company")
BRANCH_ENDS = tuple(row["word"] for row in _ROWS if row["kind"] == "branch")
FORMS = frozenset(row["word"] for row in _ROWS if row["kind"] != "branch")
_LONGEST = max(map(len, FORMS))
# These say what is done as well: the business they name is not repeated before them.
TELLING = {row["word"]: row["business"] for row in _ROWS if row["business"]}
_NOTES = "特殊普通合伙|普通合伙|有限合伙|个人独资|集团|集体|控股|外商独资|中外合资|股份合作|微型企业"
_BEHIND = re.compile(rf"（(?:{_NOTES})）$")
_BRANCH = re.compile(
    r"^(?P<parent>.+?(?:有限公司|有限责任公司|集团公司|总公司|公司|合作社|合伙）|银行|事务所|总厂|旅行社|总社))"
    r"(?P<own>（?[^（）]+）?.*)$"
)
_NOT_OWN = re.compile(rf"^（(?:{_NOTES})）$")


def branch(name: str) -> tuple[str, str] | None:
    """The parent's name and the branch's own words (art. 13); None where the name is nobody's branch."""
    found = _BRANCH.match(name)
    if found is None:
        return None
    parent, own = found["parent"], found["own"]
    if _NOT_OWN.match(own) or not own.endswith(BRANCH_ENDS):
        return None
    return parent, own


def split(name: str) -> tuple[str, str]:
    """What stands before the form, and the form with what is bracketed behind it; the form may be empty."""
    behind = _BEHIND.search(name)
    tail = behind[0] if behind else ""
    body = name[: len(name) - len(tail)]
    for size in range(min(_LONGEST, len(body) - 1), 0, -1):  # the longest where one ends another
        if body[-size:] in FORMS:
            return body[:-size], body[-size:] + tail
    return body, tail


def business(name: str) -> str:
    """The business that the form itself tells, as 酒店 does; empty for most."""
    return TELLING.get(split(name)[1], "")
