from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.consumer.models import Matter
from hongdun.statistics.outbreak.detecting import DIMENSIONS

if TYPE_CHECKING:
    from hongdun.cases.models import Case

SHOWN = 20


def facts(case: Case) -> dict[str, Any]:
    """What was counted, what was expected, and the complaints behind it."""
    alarm = case.data
    return {
        "rows": [
            ("对象", f"{DIMENSIONS[alarm['dimension']].name}：{alarm['label']}"),
            ("时间", f"截至 {alarm['day']} 的 {alarm['days']} 天"),
            ("投诉举报", f"{alarm['observed']} 件，按前八周推算应为 {alarm['expected']} 件"),
            ("偶然出现的概率", f"{alarm['probability']:.1e}"),
            ("消费警示（草稿）", alarm["draft"]),
        ],
        "matters": Matter.objects.filter(case__in=alarm["cases"]).select_related("case")[:SHOWN],
    }
