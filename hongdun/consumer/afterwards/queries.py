from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.consumer.models import Matter
from hongdun.consumer.queries.progress import RESULTS

if TYPE_CHECKING:
    from hongdun.cases.models import Case


def facts(case: Case) -> dict[str, Any]:
    """The case that this one follows, and how it ended."""
    earlier = case.parent
    matter = Matter.objects.filter(pk=case.parent_id).first()
    return {
        "earlier": earlier,
        "result": RESULTS.get(matter.result, "") if matter else "",
        "words": case.data.get("words", ""),
    }
