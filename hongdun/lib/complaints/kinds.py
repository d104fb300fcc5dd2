"""Which of the four kinds a text is; what is a complaint and a report at once becomes two files (Order 121 art. 9)."""

from __future__ import annotations

from functools import cache

from hongdun.lib.complaints import classes
from hongdun.lib.complaints.evidence import READ, Evidence
from hongdun.lib.complaints.wording import Lexicon

LABELS = {
    "complaint": "投诉",
    "report": "举报",
    "both": "投诉并举报",
    "consultation": "咨询",
    "suggestion": "建议",
}
_OPENING = 30
# Both tracks need words of their own; a mere "违规" in a complaint is no report yet.
_ENOUGH = 2


def of(text: str) -> Evidence:
    found = Evidence()
    lexicon, meanings = _table()
    for word, place in lexicon.find(text[:READ]).items():
        kind, weight = meanings[word]
        found.add(kind, weight * (2 if place < _OPENING else 1), word)
    complaint, report = found.weight.get("complaint", 0), found.weight.get("report", 0)
    if min(complaint, report) >= _ENOUGH:
        found.weight["both"] = max(complaint, report) + min(complaint, report) / 2
        found.words["both"] = found.words["complaint"][:2] + found.words["report"][:2]
    return found


@cache
def _table() -> tuple[Lexicon, dict[str, tuple[str, float]]]:
    meanings = {
        word: (row["kind"], float(row["weight"]))
        for row in classes.rows("kinds")
        for word in row["words"].split()
    }
    return Lexicon(meanings), meanings
