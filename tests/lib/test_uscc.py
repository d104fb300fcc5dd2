# ruff: noqa: RUF001 - full-width characters are what is tested
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc as oracle

from hongdun.lib import uscc

VALID = [
    "91350100M000100Y43",  # the example of GB 32100
    "91110000600037341L",
    "913301087458306077",
    "51420000MJH2003604",
    "51420000MJH200408C",
    "52420000MJH233410E",
    "51420000MJH200395N",
    "53420000MJH2448303",
    "52420000MJH23339XT",
    "91450100MA50000650",  # remainder 0
    "91450100MA5000487Y",  # remainder 1
    "91450000MA5K00012D",
    "91450000756520014U",
]
BODIES = st.integers(0, 31**6 - 1).map(uscc.body)
DIVISIONS = st.sampled_from(["450102", "451481"])
CODES = st.builds(uscc.compose, st.just("9"), st.sampled_from("123"), DIVISIONS, BODIES)


@pytest.mark.parametrize("code", VALID)
def test_accepts(code: str) -> None:
    assert uscc.parse(code).code == code
    assert oracle.is_valid(code)


@pytest.mark.parametrize(
    ("code", "position"),
    [
        ("91350100M000100Y4Z", 18),
        ("91350100M000100Y44", 18),
        ("91310115MA1G4L1WXK", 17),
        ("9135010OM000100Y43", 8),
        ("91350100I000100Y43", 9),
        ("31350100M000100Y43", 1),
        ("94350100M000100Y43", 2),
    ],
)
def test_names_the_wrong_position(code: str, position: int) -> None:
    with pytest.raises(uscc.UsccError, match=f"第 {position} 位") as refusal:
        uscc.parse(code)
    assert refusal.value.position == position


def test_names_the_wrong_length() -> None:
    with pytest.raises(uscc.UsccError, match="现为 17 位") as refusal:
        uscc.parse("91350100M000100Y4")
    assert refusal.value.position is None


def test_tells_every_wrong_character_at_once() -> None:
    assert [problem.position for problem in uscc.problems("91A50100MO00100Y43")] == [3, 10]


def test_reads_full_width_lower_case_and_spaces() -> None:
    assert uscc.parse(" ９１３５０１００ m000100y43 ").code == VALID[0]


def test_parts() -> None:
    code = uscc.parse("91450000MA5K00012D")
    assert (code.registrar, code.kind, code.division, code.organisation_code) == (
        "9", "1", "450000", "MA5K00012",
    )  # fmt: skip
    assert str(code) == "91450000MA5K00012D"


@given(CODES)
def test_composed_codes_are_valid_for_the_oracle_too(code: str) -> None:
    assert uscc.is_valid(code)
    assert oracle.is_valid(code)


@given(CODES, st.integers(0, 17), st.sampled_from(uscc.ALPHABET))
def test_every_single_substitution_is_noticed(code: str, place: int, character: str) -> None:
    if code[place] != character:
        assert not uscc.is_valid(code[:place] + character + code[place + 1 :])


@given(CODES, st.integers(0, 16))
def test_every_swap_of_neighbours_is_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert swapped == code or not uscc.is_valid(swapped)


@given(st.text(max_size=30))
def test_any_text_gets_a_verdict(text: str) -> None:
    assert uscc.is_valid(text) == (not list(uscc.problems(uscc.normalise(text))))


def test_bodies_count_upwards_in_base_31() -> None:
    assert [uscc.body(number) for number in (0, 1, 30, 31)] == [
        "MA000000",
        "MA000001",
        "MA00000Y",
        "MA000010",
    ]
    assert uscc.body(31**6 - 1) == "MAYYYYYY"
    assert uscc.body(7, prefix="MAC5") == "MAC50007"


def test_an_exhausted_block_says_so() -> None:
    with pytest.raises(ValueError, match="新的代码段"):
        uscc.body(31**6)


@pytest.mark.parametrize(
    ("division", "body"), [("45010", "MA000000"), ("450100", "MA00000"), ("450100", "MAI00000")]
)
def test_refuses_to_compose_from_wrong_parts(division: str, body: str) -> None:
    with pytest.raises(uscc.UsccError):
        uscc.compose("9", "1", division, body)
