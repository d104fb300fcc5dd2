from __future__ import annotations

from hongdun.base.recent import Recent


def test_the_most_recent_few_are_kept() -> None:
    made: list[str] = []

    def make(key: str) -> str:
        made.append(key)
        return key.upper()

    recent = Recent[str](2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert recent.get(key, lambda key=key: make(key)) == key.upper()
    assert made == ["a", "b", "c", "b"]
