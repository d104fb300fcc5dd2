from hongdun.library.actions.seeding import load_answers, rows
from hongdun.library.actions.statutes import load_statutes
from hongdun.library.actions.writing import draft_warning, hand_in, issue, send_back, withdraw, write

__all__ = [
    "draft_warning", "hand_in", "issue", "load_answers", "load_statutes", "rows", "send_back", "withdraw", "write",
]  # fmt: skip
