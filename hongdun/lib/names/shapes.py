"""Characters that the eye takes for each other, in groups; every member is written as the first of its group.

Our own list (tables/similar_shapes.txt), for trade names: what differs in one stroke or in a part that is read last.
"""

from importlib.resources import files


def _read() -> dict[str, str]:
    """A character of several groups stays in its first: joined, half the characters would be one."""
    first: dict[str, str] = {}
    for group in files(__package__).joinpath("tables/similar_shapes.txt").read_text("utf-8").split():
        head = first.get(group[0], group[0])
        for each in group:
            first.setdefault(each, head)
    return first


_FIRST = _read()


def normal(word: str) -> str:
    """The word in the first characters of the groups: two words with the same look alike."""
    return "".join(_FIRST.get(each, each) for each in word)
