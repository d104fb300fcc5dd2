"""Bencoding, the wire form of rtpengine's control protocol: texts, numbers, lists and tables."""

from __future__ import annotations

Value = int | str | list["Value"] | dict[str, "Value"]


class NotBencoded(ValueError):
    """The bytes are no bencoded value."""


def encode(value: Value) -> bytes:
    match value:
        case int():
            return b"i%de" % value
        case str():
            raw = value.encode()
            return b"%d:%b" % (len(raw), raw)
        case list():
            return b"l%be" % b"".join(map(encode, value))
    return b"d%be" % b"".join(encode(key) + encode(value[key]) for key in sorted(value))


def decode(data: bytes) -> Value:
    try:
        value, end = _read(data, 0)
    except (ValueError, IndexError, RecursionError) as error:
        raise NotBencoded(str(error)) from error
    if end != len(data):
        raise NotBencoded(f"{len(data) - end} bytes too many")
    return value


def _read(data: bytes, at: int) -> tuple[Value, int]:
    match data[at : at + 1]:
        case b"i":
            end = data.index(b"e", at)
            return int(data[at + 1 : end]), end + 1
        case b"l":
            return _items(data, at + 1)
        case b"d":
            items, end = _items(data, at + 1)
            pairs = zip(items[::2], items[1::2], strict=True)
            return {str(key): value for key, value in pairs}, end
    colon = data.index(b":", at)
    end = colon + 1 + int(data[at:colon])
    if end > len(data):
        raise ValueError("text cut short")
    return data[colon + 1 : end].decode("utf-8", "replace"), end


def _items(data: bytes, at: int) -> tuple[list[Value], int]:
    items: list[Value] = []
    while data[at] != ord("e"):
        item, at = _read(data, at)
        items.append(item)
    return items, at + 1
