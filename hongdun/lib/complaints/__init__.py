"""What a complaint is about, told from its text: classes, urgency, kind, sums, dates and numbers in it.

`classes` holds the tables. Only suggestions: each comes with a confidence and the words it rests on, and a person decides.
"""

from hongdun.lib.complaints.classify import Guess, Suggestion, classify
from hongdun.lib.complaints.likeness import SIMILAR, Fingerprint, likeness
from hongdun.lib.complaints.prefill import Prefill, prefill
from hongdun.lib.complaints.signals import Signal, signals

__all__ = [
    "SIMILAR",
    "Fingerprint",
    "Guess",
    "Prefill",
    "Signal",
    "Suggestion",
    "classify",
    "likeness",
    "prefill",
    "signals",
]
