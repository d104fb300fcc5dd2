"""What can be done to a case; callers import these names from the package."""

from hongdun.cases.actions.errors import Incomplete, NotAllowed, NotOpen, Refused
from hongdun.cases.actions.finishing import Decision, finish_step
from hongdun.cases.actions.moving import count_anew, escalate, extend, hand_over, recuse, transfer, withdraw
from hongdun.cases.actions.notices import seal_number, tell
from hongdun.cases.actions.opening import open_case
from hongdun.cases.actions.settings import lay_down

__all__ = [
    "Decision", "Incomplete", "NotAllowed", "NotOpen", "Refused",
    "count_anew", "escalate", "extend", "finish_step", "hand_over", "lay_down", "open_case", "recuse", "seal_number",
    "tell", "transfer", "withdraw",
]  # fmt: skip
