"""The four parts of a name (企业名称登记管理规定 art. 6), as written or as the applicant moves them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from hongdun.lib import text
from hongdun.lib.names import forms, industries, places

_BRACKET = re.compile(r"（([^（）]+)）")
# Scripts of the peoples that a name may bear beside its characters (art. 5), and Latin-written Zhuang in words.
_SCRIPT = re.compile(
    r"[\u0600-\u06ff\u0f00-\u0fff\u1800-\u18af\ua000-\ua4cf\u1100-\u11ff\uac00-\ud7af][\s\S]*?(?=[\u4e00-\u9fff]|$)"
)
_WORDS = re.compile(r"(?:^[A-Za-z]{3,}(?: [A-Za-z]+)+|[A-Za-z]{3,}(?: [A-Za-z]+)+$)")


@dataclass(frozen=True, slots=True)
class Parts:
    """`place` as written, `division` its code; `industry` as written, `group` and `core` what it amounts to.

    `branch` holds a branch's own words; its other parts are its parent's (art. 13).
    """

    name: str
    place: str
    division: str
    trade: str
    industry: str
    form: str
    group: str = ""
    core: str = ""
    bracketed: bool = False  # the place stands in brackets behind the trade name
    branch: str = ""
    parent: str = ""
    script: str = ""  # the name in a minority's writing
    places: tuple[places.Place, ...] = ()

    @property
    def plain(self) -> str:
        """The parts in the usual order: names that differ in the order only have the same."""
        return f"{self.place}{self.trade}{self.industry}{self.form}"


@lru_cache(maxsize=4096)
def parse(name: str) -> Parts:
    """Split a name; what can't be told apart stays in the trade name."""
    whole = text.normalise_name(name)
    found = _SCRIPT.search(whole) or _WORDS.search(whole)
    script = found[0].strip() if found and found[0] != whole else ""
    bare = whole.replace(found[0], "").strip() if found and script else whole
    own = forms.branch(bare)
    parts = _split(own[0] if own else bare)
    return replace(
        parts, name=whole, script=script, parent=own[0] if own else "", branch=own[1] if own else ""
    )


def moved(parts: Parts, *, trade: str, industry: str) -> Parts | None:
    """The same name split elsewhere; None unless both together are what stood there before."""
    trade, industry = text.normalise_name(trade), text.normalise_name(industry)
    if trade + industry != parts.trade + parts.industry or not trade:
        return None
    meant = industries.industry(industry)
    return replace(parts, trade=trade, industry=industry, group=meant.group, core=meant.core)


def _split(name: str) -> Parts:
    body, form = forms.split(name)
    found = places.at_head(body)
    bracketed = False
    if found:
        body = body[found.length :]
    else:
        for bracket in _BRACKET.finditer(body):
            found = places.exactly(bracket[1])
            if found or bracket[1] == "中国":
                bracketed = True
                body = body[: bracket.start()] + body[bracket.end() :]
                break
    trade, industry = industries.split(body, form=form)
    meant = industries.industry(industry or forms.TELLING.get(form, ""))
    return Parts(
        name=name,
        place=found.text if found else "",
        division=found.code if found else "",
        trade=trade,
        industry=industry,
        form=form,
        group=meant.group,
        core=meant.core,
        bracketed=bracketed,
        places=found.places if found else (),
    )
