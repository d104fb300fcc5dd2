"""What the application of a shop-keeper says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongdun.registration.individual.terms import PLAIN, answers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongdun.cases.models import Case

__all__ = ["PLAIN", "TOPICS", "answers", "facts", "stored"]

TOPICS = {
    "operator": "经营者",
    "domicile": "经营场所",
    "scope": "经营范围",
    "name": "名称",
    "documents": "材料",
}
CHECKED = {
    "original": "窗口核对身份证原件",
    "reader": "窗口读卡核对身份证",
    "notarised": "核对经公证的身份证明",
}


def stored(data: Mapping[str, Any], *, applicant: str) -> dict[str, Any]:
    return {code: data[code] for code in TOPICS} | {"applicant": applicant}


def facts(case: Case) -> dict[str, Any]:
    rows = [(code, label, answers(code, case.data)) for code, label in TOPICS.items()]
    return {"answers": rows, "counter": counter_words(case)}


def counter_words(case: Case) -> list[tuple[str, str]]:
    """How the application came, where an officer took it in at the counter."""
    taken = case.data.get("counter")
    if not taken:
        return []
    rows = [("受理方式", f"窗口代填，{taken['officer']}"), ("身份核对", CHECKED[taken["checked"]])]
    if taken.get("late"):
        rows.append(("补录原因", taken["late"]))
    return rows
