"""How a query may be meant, what the index must then hold, and where in a text it is found.

Whatever is searched by pieces uses this: names, addresses and scopes today, laws and guides as well. A `Way` is one
meaning of one word; a `Pattern` takes one way for each word of the query.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from hongdun.lib import grams, hearing, spelling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hongdun.lib.hearing import Ear

    Find = Callable[[str], "Span | None"]

SHORTEST = 2
# In the order of exactness; a hit is shown with the reason why it is one.
BY = ("words", "pinyin", "initials", "homophone", "slip")
WORDS, PINYIN, INITIALS, HOMOPHONE, SLIP = range(len(BY))
LETTERS = re.compile(r"[a-z']{2,60}", re.ASCII | re.IGNORECASE)
SHORTEST_INITIALS, LONGEST_INITIALS = 2, 12
SHORTEST_SLIP = 3
MOST_PATTERNS = 16
MOST_SLIPS = 24
_WILD = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


class Span(NamedTuple):
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Way:
    """One meaning of a word: a text that matches has all `pieces`, one of each of `groups`, and is LIKE `like`.

    `find` gives the place; the index may hold what `find` then refuses. `exact`: the pieces are proof enough. `sound`: how
    a trade name is read that the word spells in full.
    """

    by: int
    find: Find
    pieces: tuple[int, ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()
    like: str = ""
    exact: bool = False
    sound: str = ""


@dataclass(frozen=True)
class Pattern:
    """One meaning of a whole query."""

    ways: tuple[Way, ...]

    @cached_property
    def by(self) -> int:
        return max((way.by for way in self.ways), default=WORDS)

    @cached_property
    def pieces(self) -> list[int]:
        return list(dict.fromkeys(piece for way in self.ways for piece in way.pieces))

    @cached_property
    def groups(self) -> list[tuple[int, ...]]:
        return [group for way in self.ways for group in way.groups]

    @property
    def proven(self) -> bool:
        """Whether what the database finds needs no look at the text any more."""
        return all(way.by == WORDS or way.exact for way in self.ways)

    @property
    def findable(self) -> bool:
        """Whether an index can serve it: a single character can't be looked for."""
        return any(way.pieces or way.groups for way in self.ways)

    def spans(self, text: str) -> list[Span] | None:
        """Where the words stand; None where the text doesn't match after all."""
        found = []
        for find in self._finds:
            span = find(text)
            if span is None:
                return None
            found.append(span)
        return found

    @cached_property
    def _finds(self) -> tuple[Find, ...]:
        return tuple(way.find for way in self.ways)


def patterns(words: Sequence[str]) -> list[Pattern]:
    """What the query says as it is typed: letters may be letters, pinyin or initials."""
    ways = [list(_ways(word, alone=len(words) == 1)) for word in words]
    return _combined(ways)


def near(words: Sequence[str]) -> list[Pattern]:
    """What may have been meant where that finds too little: a homophone, or one character wrong, in one word."""
    found = []
    for place, word in enumerate(words):
        others = [[written(other)] for other in words]
        for way in _slipped(word):
            others[place] = [way]
            found += _combined(others)
    return found[:MOST_SLIPS]


def _combined(ways: Iterable[list[Way]]) -> list[Pattern]:
    every = (Pattern(each) for each in itertools.product(*ways))
    return list(itertools.islice((each for each in every if each.findable), MOST_PATTERNS))


def _ways(word: str, *, alone: bool) -> Iterator[Way]:
    yield written(word)
    if not LETTERS.fullmatch(word):
        return
    letters = word.lower()
    for part, rest in spelling.split(letters.replace("'", "")):
        way = spelled(part, rest)
        if way:
            yield way
    if SHORTEST_INITIALS + (not alone) <= len(letters) <= LONGEST_INITIALS and letters.isalpha():
        yield begun(letters)


def _slipped(word: str) -> Iterator[Way]:
    sounding = homophone(word)
    if sounding:
        yield sounding
    if len(word) >= SHORTEST_SLIP:
        for place in range(len(word)):
            yield from one_wrong(word, place)


def written(word: str) -> Way:
    """The word as it is, upper and lower case alike."""
    upper = word.upper()
    pieces = tuple(grams.bigrams(word)) if len(word) >= SHORTEST else ()
    exact = len(word) == SHORTEST and max(word) < "\ue000"

    def find(text: str) -> Span | None:
        start = text.upper().find(upper)
        return Span(start, start + len(word)) if start >= 0 else None

    return Way(WORDS, find, pieces, like=like_with(word), exact=exact)


def spelled(syllables: tuple[str, ...], rest: str) -> Way | None:
    """Characters read so one after the other, the last perhaps only begun; one syllable alone finds too much."""
    pieces = [grams.syllables(a, b) for a, b in itertools.pairwise(syllables)]
    groups = []
    if rest:
        groups.append(tuple(grams.syllables(syllables[-1], each) for each in _beginning(rest)))
    if not pieces and not groups:
        return None
    wanted: list[frozenset[str]] = [frozenset({each}) for each in syllables]
    if rest:
        wanted.append(frozenset(_beginning(rest)))
    exact = len(pieces) + len(groups) == 1
    return Way(
        PINYIN, _finder(wanted, hearing.syllables()), tuple(dict.fromkeys(pieces)), tuple(groups), exact=exact,
        sound="" if rest else " ".join(syllables),
    )  # fmt: skip


@cache
def _beginning(rest: str) -> tuple[str, ...]:
    return tuple(each for each in spelling.SYLLABLES if each.startswith(rest))


def begun(letters: str) -> Way:
    """Characters whose readings begin with these letters; two letters are a whole trade name of two characters."""
    size = 3 if len(letters) > SHORTEST_INITIALS else 2
    pieces = [grams.initials(letters[at : at + size]) for at in range(len(letters) - size + 1)]
    wanted = [frozenset({each}) for each in letters]
    exact = len(pieces) == 1
    return Way(INITIALS, _finder(wanted, hearing.initials()), tuple(dict.fromkeys(pieces)), exact=exact)


def homophone(word: str) -> Way | None:
    """Other characters that sound the same; nothing for words that aren't all hanzi."""
    read = [grams.heard(each) for each in word]
    if len(word) < SHORTEST or not all(read):
        return None
    pieces, groups = [], []
    for one, other in itertools.pairwise(read):
        pairs = tuple(grams.syllables(a, b) for a in sorted(one) for b in sorted(other))
        if len(pairs) == 1:
            pieces.append(pairs[0])
        else:
            groups.append(pairs)
    return Way(HOMOPHONE, _finder(read, hearing.syllables()), tuple(dict.fromkeys(pieces)), tuple(groups))


def one_wrong(word: str, place: int) -> Iterator[Way]:
    """The word with another character at one place: by the pieces left of it and right of it, and by the gap."""
    left, right = word[:place], word[place + 1 :]
    pieces = [*_pairs(left), *_pairs(right)]
    like = like_with(left, right)
    pattern = re.compile(f"{re.escape(left)}(.){re.escape(right)}", re.IGNORECASE)

    def find(text: str) -> Span | None:
        found = pattern.search(text)
        return Span(*found.span()) if found else None

    if left and right:
        yield Way(SLIP, find, (*pieces, grams.gap(left[-1], right[0])), like=like)
    if pieces:
        yield Way(SLIP, find, tuple(pieces), like=like)


def _pairs(part: str) -> list[int]:
    return grams.bigrams(part) if len(part) >= SHORTEST else []


def like_with(*parts: str) -> str:
    """A pattern of LIKE: the parts with any one character between them, anywhere."""
    return f"%{'_'.join(part.translate(_WILD) for part in parts)}%"


def _finder(wanted: list[frozenset[str]], ear: Ear) -> Find:
    """Finds neighbouring characters of which each has one of the readings wanted."""
    pattern = cache(lambda: ear.pattern(wanted))  # most ways are never looked for in a text

    def find(text: str) -> Span | None:
        found = pattern().search(ear.signs(text))
        return Span(*found.span()) if found else None

    return find


class Part(NamedTuple):
    """A stretch of a text, matched or not."""

    text: str
    matched: bool


def highlighted(text: str, spans: Iterable[Span]) -> list[Part]:
    """The text in parts; spans may overlap."""
    marked = {place for span in spans for place in range(span.start, span.end)}
    groups = itertools.groupby(enumerate(text), key=lambda each: each[0] in marked)
    return [Part("".join(character for _, character in group), key) for key, group in groups]


def excerpt(parts: Sequence[Part], *, around: int = 24) -> list[Part]:
    """A long text cut down to its first match with what stands around it."""
    first = next((place for place, part in enumerate(parts) if part.matched), 0)
    before = "".join(part.text for part in parts[:first])
    behind = "".join(part.text for part in parts[first + 1 :])
    found = [Part(("…" if len(before) > around else "") + before[-around:], matched=False), parts[first]]
    found.append(Part(behind[:around] + ("…" if len(behind) > around else ""), matched=False))
    return [part for part in found if part.text]
