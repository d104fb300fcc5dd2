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
    pieces = {
        piece
        for part in (row["question"], row["answer"], *row["words"].split(), row["subject"])
        for piece in grams.bigrams(text.normalise_name(part))
    }
    return Answer(position=position, grams=sorted(pieces), **row)
