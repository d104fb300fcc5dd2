"""What notices are called and rest on: what came in before 2022-03-01 is decided by the law of that day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hongdun.cases.models import Case

# 条例 art. 55: since this day; before it 公司登记管理条例 art. 51–55 and 行政许可法 art. 32, 38.
SINCE = date(2022, 3, 1)
# Before, since.
TITLES = {
    "receipt": ("受理通知书", "接收申请材料凭证"),
    "registered": ("准予设立登记通知书", "登记通知书"),
    "changed": ("准予变更登记通知书", "登记通知书"),
    "recorded": ("备案通知书", "登记通知书"),
    "cancelled": ("准予注销登记通知书", "登记通知书"),
    "refused": ("登记驳回通知书", "不予登记通知书"),
}
ARTICLES = ("《行政许可法》第三十八条第一款", "《市场主体登记管理条例》第十九条")


def is_old(case: Case) -> bool:
    return case.received < SINCE


def title(kind: str, case: Case) -> str:
    return TITLES[kind][not is_old(case)]


def article(case: Case) -> str:
    """On which a registration rests, whatever is registered."""
    return ARTICLES[not is_old(case)]
