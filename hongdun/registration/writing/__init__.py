"""Articles of association, agreements and resolutions written from an application by models, for the applicant to edit.

A model in `texts/` is plain text: `# ` begins a chapter, `§ ` an article, `¶ ` a paragraph; chapters and articles are
numbered here. Words in braces come from the application (`facts.py`). What each must state: 公司法 art. 46, 95;
合伙企业法 art. 18, 63; 农民专业合作社法 art. 15.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hongdun.lib.articles import numeral
from hongdun.registration.kinds import holders_of
from hongdun.registration.writing import facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongdun.registration.kinds import Kind

    Json = Mapping[str, Any]

NEEDED = ("name", "domicile", "scope", "members")


@dataclass(frozen=True, slots=True)
class Paper:
    """`code` as in the law tables; `whole`: nothing else has to be uploaded under that code."""

    code: str
    label: str
    model: str
    whole: bool = True


CHARTER = Paper("charter", "公司章程", "company_charter")
APPOINTMENTS = Paper("appointments", "股东会决议（决定）和任职文件", "appointments", whole=False)
AGREEMENT = Paper("partnership_agreement", "合伙协议", "partnership_agreement")
MANDATE = Paper("managing_partner", "全体合伙人的委托书", "managing_partner", whole=False)
COOPERATIVE = (
    Paper("charter", "农民专业合作社章程", "cooperative_charter"),
    Paper("founding_minutes", "设立大会纪要", "founding_minutes"),
)
BRANCH = Paper("appointment_branch", "负责人任职文件", "appointment_branch", whole=False)


def papers(kind: Kind, data: Json) -> tuple[Paper, ...]:
    """What can be written for an application; what it asks depends on its type."""
    if kind.parent:
        return (BRANCH,) if kind.parent == "domestic" else ()
    match kind.applies_to:
        case "company":
            stock = holders_of(str(data.get("name", {}).get("type", ""))).pays == "before"
            return (Paper("charter", "公司章程", "stock_charter") if stock else CHARTER, APPOINTMENTS)
        case "partnership":
            return (AGREEMENT, MANDATE) if facts.entrusted(data) else (AGREEMENT,)
        case "cooperative":
            return COOPERATIVE
        case "non_company":
            return (Paper("charter", "企业章程", "legal_person_charter"),)
    return ()


def missing(kind: Kind, data: Json) -> list[str]:
    """Topics that must be filled in before anything can be written."""
    wanted = (*NEEDED, *(["shareholders"] if kind.holders else []), *(["parent"] if kind.parent else []))
    return [code for code in wanted if code not in data]


def write(paper: Paper, data: Json) -> str:
    """The text as the model makes it today from what the application says."""
    return "\n".join(_numbered(_model(paper.model).format_map(facts.of(data))))


def _numbered(text: str) -> Iterator[str]:
    chapter = article = 0
    for line in text.splitlines():
        mark, _, words = line.partition(" ")
        if mark == "#":
            chapter += 1
            yield f"第{numeral(chapter)}章　{words}"
        elif mark == "§":
            article += 1
            yield f"第{numeral(article)}条　{words}"
        elif line.strip():
            yield line.removeprefix("¶ ")


@cache
def _model(name: str) -> str:
    return (files("hongdun.registration") / "writing" / "texts" / f"{name}.txt").read_text("utf-8")
