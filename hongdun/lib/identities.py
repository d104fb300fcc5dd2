"""Numbers of identity papers: what each looks like, and how a wrong one is mended."""

from __future__ import annotations

import re

from hongdun.lib import residents, uscc

# The kinds of papers by which a filing names persons; the codes are those of `parties.Person.id_type`.
NATURAL = {
    "resident": "居民身份证",
    "hk_macao": "港澳居民来往内地通行证",
    "taiwan": "台湾居民来往大陆通行证",
    "passport": "护照",
}
ORGANISATION = {"uscc": "统一社会信用代码", "other": "境外登记证明"}
_SHAPES = {
    "hk_macao": (r"[HM]\d{8}(\d{2})?", "H 或者 M 后接 8 位或者 10 位数字，例如 H12345678"),
    "taiwan": (r"\d{8}", "8 位数字，例如 12345678"),
    "passport": (r"[A-Z0-9]{5,17}", "5 至 17 位字母或者数字，例如 E12345678"),
    "other": (r"[\w./ -]{3,60}", "3 至 60 位，照登记证明上的号码填写"),
}


def problem(kind: str, number: str) -> str:
    """What is wrong with a number and how to mend it; empty when nothing is."""
    number = number.strip().upper()
    if kind == "resident":
        return residents.problem(number)
    if kind == "uscc":
        try:
            uscc.parse(number)
        except uscc.UsccError as error:
            return str(error)
        return ""
    pattern, words = _SHAPES[kind]
    return "" if re.fullmatch(pattern, number) else f"{(NATURAL | ORGANISATION)[kind]}号码应为{words}，请核对"
