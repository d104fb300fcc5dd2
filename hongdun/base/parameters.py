"""Parameters of the public API: one declaration reads the text, refuses it in words, and describes it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import QueryDict

Schema = dict[str, Any]
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
WHOLE = re.compile(r"\d{1,18}", re.ASCII)


class BadParameter(ValueError):
    """The message says what is wrong with `name` and how to mend it."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """`read` turns the text into the value or raises ValueError with the words for the client."""

    name: str
    about: str
    schema: Schema
    read: Callable[[str], Any] = str
    place: Literal["query", "path"] = "query"
    default: Any = None
    example: str = ""

    def described(self) -> Schema:
        """OpenAPI's parameter object."""
        found: Schema = {
            "name": self.name,
            "in": self.place,
            "required": self.place == "path",
            "description": self.about,
            "schema": self.schema,
        }
        return found | ({"example": self.example} if self.example else {})


def in_path(name: str, about: str, schema: Schema, *, example: str) -> Parameter:
    """A part of the address; the view itself answers for what stands there."""
    return Parameter(name=name, about=about, schema=schema, place="path", example=example)


def day(name: str, about: str, *, example: str = "2020-05-01") -> Parameter:
    def read(text: str) -> dt.date:
        try:
            return dt.date.fromisoformat(text if ISO_DATE.fullmatch(text) else "")
        except ValueError:
            raise ValueError(f"{name} 应为真实的日期，写成年-月-日，例如 {example}") from None

    return Parameter(
        name=name, about=about, schema={"type": "string", "format": "date"}, read=read, example=example
    )


def whole(name: str, about: str, *, lowest: int, highest: int, default: int | None) -> Parameter:
    schema: Schema = {"type": "integer", "minimum": lowest, "maximum": highest}
    schema |= {} if default is None else {"default": default}

    def read(text: str) -> int:
        if not WHOLE.fullmatch(text) or not lowest <= int(text) <= highest:
            raise ValueError(
                f"{name} 应为 {lowest} 至 {highest} 的整数，例如 {lowest if default is None else default}"
            )
        return int(text)

    return Parameter(name=name, about=about, schema=schema, read=read, default=default)


def one_of(name: str, about: str, choices: Mapping[str, str]) -> Parameter:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"{name} 应为 {'、'.join(choices)} 之一")
        return text

    return Parameter(name=name, about=about, schema={"type": "string", "enum": list(choices)}, read=read)


def text(name: str, about: str, *, longest: int, example: str = "") -> Parameter:
    def read(given: str) -> str:
        if len(given) > longest or "\0" in given:
            raise ValueError(f"{name} 最多 {longest} 个字，且不能含空字符")
        return given

    schema: Schema = {"type": "string", "maxLength": longest, "pattern": r"^[^\u0000]*$"}
    return Parameter(name=name, about=about, schema=schema, read=read, default="", example=example)


@dataclass(frozen=True, slots=True)
class Parameters:
    """Those of one address; what isn't among them is refused, for `asof=` must not quietly mean today."""

    all: tuple[Parameter, ...] = ()
    asked: tuple[Parameter, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "asked", tuple(each for each in self.all if each.place == "query"))

    def read(self, query: QueryDict) -> dict[str, Any]:
        """Value by name; raises BadParameter."""
        known = {each.name: each for each in self.asked}
        for name, values in query.lists():
            if name not in known:
                raise BadParameter(name, self._unknown(name))
            if len(values) > 1:
                raise BadParameter(name, f"{name} 只能给一次，请去掉多余的")
        return {name: self._value(each, query) for name, each in known.items()}

    def _value(self, parameter: Parameter, query: QueryDict) -> Any:
        if parameter.name not in query:
            return parameter.default
        try:
            return parameter.read(str(query[parameter.name]))
        except ValueError as error:
            raise BadParameter(parameter.name, str(error)) from error

    def _unknown(self, name: str) -> str:
        names = "、".join(each.name for each in self.asked)
        return f"没有参数 {name[:40]}" + (f"，可用的有 {names}" if names else "，这个地址没有参数")
