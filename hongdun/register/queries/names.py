"""Whose a name is, and which names a new one must not be taken for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.lib.particulars import ENDED
from hongdun.register.models import Name, NameKind

if TYPE_CHECKING:
    from uuid import UUID


def name_taken(name: str, *, bearer: UUID | None = None) -> str:
    """Why nobody but `bearer` may take this name: a live entity has it (企业名称登记管理规定 art. 17); else empty."""
    live = Name.objects.filter(name=name, kind=NameKind.CURRENT).exclude(entity__status__in=ENDED)
    others = live.exclude(entity=bearer) if bearer else live
    code = others.values_list("entity__uscc", flat=True).first()
    if code is None:
        return ""
    return f"“{name}”已被统一社会信用代码 {code} 的企业使用，请换一个字号（企业名称登记管理规定第十七条）。"
