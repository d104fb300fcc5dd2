"""Articles of laws: found by what they say, shown as in force on a day, and whether a citation exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from hongdun.lib import articles, grams, matching, text
from hongdun.library.models import Article

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from hongdun.lib.matching import Part

MOST = 20
LOOKED_AT = 400
LONGEST = 60  # characters asked for


@dataclass(frozen=True, slots=True)
class Hit:
    article: Article
    parts: Sequence[Part]


def in_force(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gte=on))


def loaded() -> bool:
    return Article.objects.exists()


def find(wanted: str, *, on: date) -> list[Hit]:
    """Articles that hold every word, those that hold it most closely together first; a law's name counts too."""
    words = [text.normalise_name(each) for each in wanted[:LONGEST].split()]
    pieces = grams.of_query(words)
    if not pieces:
        return []
    found = Article.objects.filter(in_force(on), grams__contains=pieces)[:LOOKED_AT]
    hits = [hit for each in found if (hit := _hit(each, words))]
    return sorted(hits, key=lambda hit: (len(hit.article.text), hit.article.law, hit.article.number))[:MOST]


def _hit(article: Article, words: list[str]) -> Hit | None:
    """The pairs of characters may stand apart: the text itself is looked at."""
    told = f"{article.law} {article.text}"
    if not all(word in told for word in words):
        return None
    pattern = matching.Pattern(tuple(matching.written(word) for word in words if word in article.text))
    spans = [span for way in pattern.ways if (span := way.find(article.text))]
    return Hit(article, matching.highlighted(article.text, spans))


def article(law: str, number: int, *, on: date) -> Article | None:
    return Article.objects.filter(in_force(on), law=law, number=number).order_by("-valid_from").first()


def versions(law: str, number: int) -> list[Article]:
    return list(Article.objects.filter(law=law, number=number).order_by("-valid_from"))


def problems(basis: str, *, on: date) -> list[str]:
    """What is wrong with `law 25;other 3/1`; articles are looked up where the laws' texts are loaded."""
    found = []
    for each in filter(None, (part.strip() for part in basis.split(";"))):
        law, _, place = each.rpartition(" ")
        number = place.split("/")[0]
        if not law or not number.isdecimal():
            found.append(f"“{each}”应写成“法规名称 条”，例如“消费者权益保护法 25”")
        elif Article.objects.filter(law=law).exists() and article(law, int(number), on=on) is None:
            found.append(f"{articles.cite(law, number)}在 {on} 没有生效的条文，请核对")
    return found
