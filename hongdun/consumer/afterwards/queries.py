from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from hongdun.base import clock
from hongdun.consumer.models import Matter
from hongdun.consumer.queries import tables
from hongdun.consumer.queries.progress import RESULTS

if TYPE_CHECKING:
    from hongdun.cases.models import Case

TABLE = "rewards"
CENT = Decimal("0.01")
WAYS = {"transfer": "银行转账", "cash": "现金"}


def facts(case: Case) -> dict[str, Any]:
    """The case that this one follows, and how it ended; of a reward what was decided and paid, never to whom."""
    earlier = case.parent
    matter = Matter.objects.filter(pk=case.parent_id).first()
    return {
        "earlier": earlier,
        "result": RESULTS.get(matter.result, "") if matter else "",
        "words": case.data.get("words", ""),
        "rows": _reward(case.data),
    }


def _reward(data: dict[str, Any]) -> list[tuple[str, str]]:
    line = next((each for each in tables.lines(TABLE) if each["code"] == data.get("level")), None)
    paid = f"{data.get('paid_on')}　{WAYS.get(data.get('way', ''), '')}　凭证 {data.get('voucher')}"
    rows = [
        ("奖励等级", f"{line['label']}（{line.citation}）" if line else ""),
        ("罚没款", f"{data['fined']} 元" if data.get("fined") else ""),
        ("奖励金额", f"{data['reward']} 元" if line and data.get("reward") else ""),
        ("领取截止", data.get("claim_until", "")),
        ("发放", paid if data.get("voucher") else ""),
    ]
    return [(name, value) for name, value in rows if value]


def levels() -> list[tables.Line]:
    return tables.in_force(TABLE, clock.today())


def level(code: str) -> tables.Line | None:
    return next((line for line in levels() if line["code"] == code), None)


def level_words(line: tables.Line) -> str:
    promised = (
        f"罚没款的 {line['share']}%，不少于 {line['least']} 元；没有罚没款的不少于 {line['least_unfined']} 元"
    )
    return f"{line['label']}（{promised}）"


def least(line: tables.Line, fined: Decimal) -> Decimal:
    """What the rule promises at this level."""
    if not fined:
        return Decimal(line["least_unfined"])
    share = (fined * Decimal(line["share"]) / 100).quantize(CENT, ROUND_HALF_UP)
    return min(max(share, Decimal(line["least"])), Decimal(line["most"]))
