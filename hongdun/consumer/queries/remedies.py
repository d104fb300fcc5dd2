"""What whoever disagrees with a decision can do: review or suit where it is reviewable, else complain about the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.consumer.queries import tables
from hongdun.law import queries as law
from hongdun.lib import organs
from hongdun.org import queries as org

if TYPE_CHECKING:
    from hongdun.cases.models import Case


def words(decision: str, case: Case) -> str:
    """Nothing for a paper that decides nothing."""
    found = next(
        (line for line in tables.in_force("remedies", clock.today()) if line["decision"] == decision), None
    )
    if found is None:
        return ""
    return _review(case) if found["remedy"] == "review" else _service(case, found)


def _review(case: Case) -> str:
    review, suit = law.remedies(clock.today())
    return (
        f"如不服本决定，可以自收到之日起{review.limit}内向{org.government_of(case.organ)}申请行政复议（{review.citation}），"
        f"也可以自收到之日起{suit.limit}内依法向人民法院提起行政诉讼（{suit.citation}）。"
    )


def _service(case: Case, found: tables.Line) -> str:
    bureau = org.county_bureau_of(case.organ)
    above = organs.parent(bureau.code)
    where = org.organ(above).name if above else bureau.name
    return (
        f"对本告知不能申请行政复议或者提起行政诉讼（{found.citation}）。"
        f"对服务有意见的，可以向{where}反映，或者拨打 12315、12345。"
    )
