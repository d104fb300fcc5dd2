"""Loading the answers; done by the owner at set-up, as with the tables of the law."""

from __future__ import annotations

import csv
from importlib.resources import files

from django.db import transaction

from hongdun.lib import grams, text
from hongdun.library.models import Answer


def load_answers() -> int:
    """Bring the answers to what the release says; one that is no longer told goes. Run again, it changes nothing."""
    found = [_answer(position, row) for position, row in enumerate(rows(), 1)]
    with transaction.atomic():
        Answer.objects.exclude(pk__in=[row.pk for row in found]).delete()
        Answer.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=[each.name for each in Answer._meta.concrete_fields if each.name != "code"],  # noqa: SLF001 - public by use
        )
    return len(found)


def rows() -> csv.DictReader[str]:
    told = (files("hongdun.library") / "tables" / "answers.csv").read_text("utf-8")
    return csv.DictReader(told.splitlines())


def _answer(position: int, row: dict[str, str]) -> Answer:
    return Answer(
        position=position, grams=pieces(row["question"], row["answer"], row["words"], row["subject"]), **row
    )


def pieces(question: str, answer: str, words: str, subject: str) -> list[int]:
    """What an answer is found by."""
    parts = (question, answer, *words.split(), subject)
    return sorted({piece for part in parts for piece in grams.bigrams(text.normalise_name(part))})
