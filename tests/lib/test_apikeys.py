from __future__ import annotations

from hypothesis import given, strategies

from hongdun.lib import apikeys


def test_a_new_key_is_whole_and_new() -> None:
    keys = {apikeys.new() for _ in range(100)}
    assert len(keys) == 100
    assert {apikeys.problem(key) for key in keys} == {""}
    assert all(apikeys.hint(key) == key[:9] + "…" for key in keys)


@given(
    at=strategies.integers(len(apikeys.PREFIX), apikeys.LENGTH - 1),
    other=strategies.sampled_from(apikeys.ALPHABET),
)
def test_one_wrong_character_is_told(at: int, other: str) -> None:
    key = apikeys.new()
    changed = key[:at] + other + key[at + 1 :]
    assert ("校验位" in apikeys.problem(changed)) == (changed != key)


def test_other_flaws_are_told() -> None:
    key = apikeys.new()
    assert "现在有 38 个" in apikeys.problem(key[:-1])
    assert "现在有 40 个" in apikeys.problem(key + "A")
    assert "应以 hd_ 开头" in apikeys.problem("sk_" + key[3:])
