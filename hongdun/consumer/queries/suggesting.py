"""Classes of a matter: as they were chosen, else as the words suggest them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.consumer.models import Matter
from hongdun.lib.complaints import classify
from hongdun.lib.complaints.classes import classes, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongdun.cases.models import Case
    from hongdun.lib.complaints.classes import Axis
    from hongdun.lib.complaints.classify import Guess

UNSURE = 0.3  # a guess below it isn't worth a look


def classes_of(case: Case) -> tuple[str, str]:
    matter = Matter.objects.get(pk=case.pk)
    found = classify(case.data["text"])
    return matter.object_class or _first(found.objects), matter.problem_class or _first(found.problems)


def choices(axis: Axis) -> list[tuple[str, str]]:
    return [(code, label(axis, code)) for code in classes(axis)]


def _first(guesses: Sequence[Guess]) -> str:
    return guesses[0].code if guesses and guesses[0].confidence >= UNSURE else ""
