"""The pages that a change asks, by the items chosen."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from hongdun.registration import items
from hongdun.registration.change.forms.pages import PAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.registration.forms import Topic

FIRST, LAST = ("entity", "items"), ("documents",)


def asked(procedure_code: str, data: Mapping[str, Any]) -> dict[str, type[Topic]]:
    """Entity and items first; then a page for each item chosen, the signer where nobody new signs, and the papers."""
    chosen = (data.get("items") or {}).get("items", ())
    wanted = {items.ITEMS[code].page for code in chosen}
    wanted |= {"station"} if "domicile" in wanted else set()
    wanted |= set() if "representative" in wanted or not chosen else {"signer"}
    codes = [code for code in PAGES if code in wanted or code in FIRST or code in LAST]
    return {code: page(procedure_code, code) for code in codes}


@cache
def page(procedure_code: str, code: str) -> type[Topic]:
    """The page as this filing has it."""
    base = PAGES[code]
    own = {"procedure_code": procedure_code, "__module__": __name__}
    if procedure_code == "recording" and code == "items":
        own["label"] = "备案哪些事项"
    return type(f"{base.__name__}Of_{procedure_code}", (base,), own)
