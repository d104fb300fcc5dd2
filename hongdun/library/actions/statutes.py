"""Texts of laws, read from files in Markdown with a head of title and version; done by the owner, none comes with a release."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import transaction

from hongdun.lib import articles, grams, text
from hongdun.library.models import Article

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = re.compile(r"^(title|version_date): *(.+)$", re.MULTILINE)
CHAPTER = re.compile(r"^#{2,4} +(.+)$")
ARTICLE = re.compile(r"^(?:\*\*)?(第[零一二三四五六七八九十百千]+条)(?:\*\*)?[\s　]*(.*)$")
STATE = "中华人民共和国"
MOST_ARTICLES = 2000


def load_statutes(folder: Path) -> int:
    """Replace all texts by those of the folder."""
    rows = read(folder)
    with transaction.atomic():
        Article.objects.all().delete()
        Article.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def read(folder: Path) -> list[Article]:
    """Every article of every version; a version is in force until the day before the next."""
    versions: dict[str, dict[date, Path]] = {}
    for file in sorted(folder.glob("*.md")):
        title, day = _head(file)
        versions.setdefault(title, {})[day] = file
    return [row for title, files in versions.items() for row in _law(title, files)]


def _head(file: Path) -> tuple[str, date]:
    found = dict(HEAD.findall(file.read_text("utf-8").split("\n---", 2)[0]))
    return found["title"].strip(), date.fromisoformat(found["version_date"].strip())


def _law(title: str, files: dict[date, Path]) -> Iterator[Article]:
    days = [*sorted(files), None]
    for first, following in pairwise(days):
        assert first is not None
        last = following - timedelta(days=1) if following else None
        for row in _articles(files[first].read_text("utf-8")):
            row.law, row.title, row.valid_from, row.valid_to = title.removeprefix(STATE), title, first, last
            row.grams = grams.bigrams(text.normalise_name(f"{row.law}{row.text}"))
            yield row


def _articles(told: str) -> Iterator[Article]:
    """Paragraphs belong to the article above them, articles to the chapter above."""
    chapter, row = "", None
    for line in told.splitlines():
        if heading := CHAPTER.match(line):
            chapter = heading[1].strip()
            continue
        if (begun := ARTICLE.match(line)) and (number := NUMBERS.get(begun[1])):
            if row:
                yield row
            row = Article(number=number, chapter=chapter[:60], text=begun[2].strip())
        elif row and line.strip():
            row.text += f"\n{line.strip()}"
    if row:
        yield row


NUMBERS = {articles.reference(str(number)): number for number in range(1, MOST_ARTICLES)}
