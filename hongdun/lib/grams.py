"""Two-character pieces of a name: what the search index holds, since Chinese words have no spaces between."""

import itertools


def bigrams(text: str) -> list[str]:
    """Each pair of neighbouring characters once, in upper case; one character alone stands for itself."""
    folded = text.upper()
    return list(dict.fromkeys(map("".join, itertools.pairwise(folded)))) or [folded]


def of_query(words: list[str]) -> list[str]:
    """Pieces that every name with these words must have; words of one character can't be indexed."""
    return list(dict.fromkeys(piece for word in words if len(word) > 1 for piece in bigrams(word)))
