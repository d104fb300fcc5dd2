"""What keeps a state of an entity's particulars from being registered."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from hongdun.lib import entitytypes
from hongdun.lib.money import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongdun.lib.particulars import Particulars


def problems(p: Particulars) -> Iterator[str]:
    """What keeps a state from being registered, each with its remedy (登记管理条例 art. 8)."""
    kind = p.entity_type
    if not p.name.strip() and p.kind != "individual":
        yield "名称不能为空，请填写核准或者申报的名称"
    if kind is entitytypes.UNKNOWN or kind.kind != p.kind:
        yield f"类型代码“{p.type}”不属于{entitytypes.KINDS[p.kind]}，请选择类型"
    if not p.representative.strip():
        yield f"{kind.representative_label}不能为空，请填写姓名"
    if not p.domicile.text.strip():
        yield "住所（经营场所）不能为空，请填写详细地址"
    if not p.scope.text.strip():
        yield "经营范围不能为空，请选择或者填写"
    if kind.legal_person and (p.capital is None or p.capital.amount <= 0):
        yield f"{kind.capital_label}应为大于 0 的数额，例如 50 万元"
    if p.shares and p.capital and _subscribed(p) != {p.capital.currency: p.capital.amount}:
        yield f"各股东认缴额之和与{kind.capital_label} {plain(p.capital)} 不相等，请核对"


def _subscribed(p: Particulars) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for share in p.shares:
        money = share.subscribed
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return sums
