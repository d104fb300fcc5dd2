"""Unified social credit codes (GB 32100-2015): 18 characters, two of them check characters.

1 registrar, 2 kind, 3-8 division, 9-16 body and 17 check of the organisation code (GB 11714), 18 check.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from operator import mul

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
BODY_LENGTH = 8
KINDS: dict[str, str] = {
    "1": "1239",  # 机构编制
    "5": "1239",  # 民政
    "9": "123",  # 市场监管：企业、个体工商户、农民专业合作社
    "Y": "1",
}

_DIVISION_POSITIONS = range(3, 9)
_VALUE = {character: number for number, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, power, 31) for power in range(LENGTH - 1))
# In GB 11714 letters count A=10 … Z=35, unlike the 31-character set of GB 32100.
_BODY_VALUE = {character: int(character, 36) for character in ALPHABET}
_BODY_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
# What most codes look like: saves asking of each character what is wrong with it.
_READABLE = re.compile(rf"(?:9[123]|[15][1239]|Y1)\d{{6}}[{ALPHABET}]{{10}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong; `position` counts from 1 and is None when it is the length."""

    position: int | None
    message: str


class UsccError(ValueError):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem

    @property
    def position(self) -> int | None:
        return self.problem.position


@dataclass(frozen=True, slots=True)
class Uscc:
    code: str

    @property
    def registrar(self) -> str:
        return self.code[0]

    @property
    def kind(self) -> str:
        return self.code[1]

    @property
    def division(self) -> str:
        return self.code[2:8]

    @property
    def organisation_code(self) -> str:
        return self.code[8:17]

    def __str__(self) -> str:
        return self.code


def normalise(text: str) -> str:
    """Full-width to half-width, spaces and hyphens out, upper case."""
    if _READABLE.fullmatch(text):
        return text
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("-", "").upper()


def parse(text: str) -> Uscc:
    """Raises UsccError naming the first wrong character."""
    code = normalise(text)
    for problem in problems(code):
        raise UsccError(problem)
    return Uscc(code)


def is_valid(text: str) -> bool:
    return next(problems(normalise(text)), None) is None


def is_possible(code: str) -> bool:
    """Whether a register could hold such a code at all; older ones hold codes with wrong check characters."""
    return len(code) == LENGTH and code.isprintable()


def problems(code: str) -> Iterator[Problem]:
    """All that is wrong with a normalised code; check characters are tried only when the rest can be read."""
    if len(code) != LENGTH:
        yield Problem(None, f"统一社会信用代码应为 18 位，现为 {len(code)} 位")
        return
    if _READABLE.fullmatch(code):
        yield from _wrong_checks(code)
    else:
        yield from _wrong_characters(code)


def _wrong_characters(code: str) -> Iterator[Problem]:
    for position, character in enumerate(code, start=1):
        if character not in _VALUE:
            yield Problem(
                position, f"第 {position} 位“{character}”不能用于统一社会信用代码（不用 I、O、S、V、Z）"
            )
        elif 3 <= position <= 8 and not character.isdigit():  # noqa: PLR2004 - the division's place in the code
            yield Problem(
                position, f"第 {position} 位“{character}”应为数字（第 3 至 8 位是登记机关行政区划码）"
            )
    if code[0] not in KINDS:
        if code[0] in _VALUE:
            yield Problem(1, f"第 1 位“{code[0]}”不是登记管理部门代码（1、5、9、Y）")
    elif code[1] in _VALUE and code[1] not in KINDS[code[0]]:
        yield Problem(2, f"第 2 位“{code[1]}”与登记管理部门“{code[0]}”不符，应为 {'、'.join(KINDS[code[0]])}")


def _wrong_checks(code: str) -> Iterator[Problem]:
    expected = body_check(code[8:16])
    if code[16] != expected:
        yield Problem(17, f"第 17 位校验码应为“{expected}”，现为“{code[16]}”，请核对第 9 至 17 位")
    expected = check(code[:17])
    if code[17] != expected:
        yield Problem(18, f"第 18 位校验码应为“{expected}”，现为“{code[17]}”，请核对全部各位")


def check(first17: str) -> str:
    """Check character 18 (GB 32100 §5)."""
    return ALPHABET[-sum(map(mul, map(_VALUE.__getitem__, first17), _WEIGHTS)) % 31]


def body_check(body8: str) -> str:
    """Check character 17, that of the organisation code (GB 11714)."""
    total = sum(map(mul, map(_BODY_VALUE.__getitem__, body8), _BODY_WEIGHTS))
    return "0123456789X"[-total % 11]


def compose(registrar_digit: str, kind_digit: str, division6: str, body8: str) -> str:
    """The 18 characters; raises UsccError when one of the parts can't stand in a code."""
    if len(body8) != BODY_LENGTH:
        raise UsccError(Problem(9, f"主体标识码应为 8 位，现为 {len(body8)} 位"))
    first16 = registrar_digit + kind_digit + division6 + body8
    for problem in _wrong_characters(first16):
        raise UsccError(problem)
    first17 = first16 + body_check(body8)
    return parse(first17 + check(first17)).code


def body(counter: int, prefix: str = "MA") -> str:
    """The organisation-code body number `counter` of the block that begins with `prefix`."""
    places = BODY_LENGTH - len(prefix)
    if not 0 <= counter < 31**places:
        raise ValueError(f"代码段“{prefix}”只有 {31**places} 个号，没有第 {counter} 号，请启用新的代码段")
    digits = ""
    for _ in range(places):
        counter, digit = divmod(counter, 31)
        digits = ALPHABET[digit] + digits
    return prefix + digits
