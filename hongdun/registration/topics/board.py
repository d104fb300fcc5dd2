"""What the company law asks of a company's people (公司法 art. 10, 68, 75, 76, 83; 120, 128, 130, 133; 173, 176)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongdun.base import clock
from hongdun.law import queries as law

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    ByRole = Mapping[str, list[str]]

STATE_OWNED = "1110"
SUPERVISORS = 3
ARTICLES = {
    "limited": {
        "board": "公司法第六十八条", "single": "公司法第七十五条",
        "supervisors": "公司法第七十六条", "one": "公司法第八十三条",
    },
    "stock": {
        "board": "公司法第一百二十条", "single": "公司法第一百二十八条",
        "supervisors": "公司法第一百三十条", "one": "公司法第一百三十三条",
    },
}  # fmt: skip


def problems(by_role: ByRole, *, board: str, entity_type: str = "") -> list[str]:
    """Everything at once, each with its article; `board`: "limited" or "stock"."""
    articles = ARTICLES[board]
    found = [*_head(by_role), *_directors(by_role, articles), *_supervisors(by_role, articles, board=board)]
    if entity_type == STATE_OWNED and by_role.get("executive_director"):
        found.append("国有独资公司设董事会（公司法第一百七十三条）：请把各位都列为“董事”，三人以上。")
    if len(by_role.get("liaison", ())) != 1:
        found.append("请填写一名登记联络员（市场主体登记管理条例第九条）。")
    return found


def _head(by_role: ByRole) -> Iterator[str]:
    heads = by_role.get("legal_representative", [])
    if len(heads) != 1:
        yield "请填写一名法定代表人。"
    elif heads[0] not in [*directors(by_role), *by_role.get("manager", [])]:
        yield (
            "法定代表人由代表公司执行公司事务的董事或者经理担任（公司法第十条）：请把他（她）也列为董事或经理。"
        )


def directors(by_role: ByRole) -> list[str]:
    return [*by_role.get("executive_director", []), *by_role.get("director", [])]


def _directors(by_role: ByRole, articles: Mapping[str, str]) -> Iterator[str]:
    single, several = by_role.get("executive_director", []), by_role.get("director", [])
    if not single and not several:
        yield f"请至少填写一名董事（{articles['board']}、{articles['single']}）。"
    if single and (several or len(single) > 1):
        yield f"不设董事会的只有一名董事；设董事会的请把各位都列为“董事”（{articles['single']}）。"
    if 1 <= len(several) < law.rule("board_least", clock.today()).value:
        yield f"董事会成员为三人以上（{articles['board']}）；只有一名董事的请选“董事（不设董事会）”。"


def _supervisors(by_role: ByRole, articles: Mapping[str, str], *, board: str) -> Iterator[str]:
    people = by_role.get("supervisor", [])
    if set(people) & {*directors(by_role), *by_role.get("manager", [])}:
        yield f"董事、高级管理人员不得兼任监事（{articles['supervisors']}）。"
    if 1 < len(people) < SUPERVISORS:
        yield f"监事会成员为三人以上（{articles['supervisors']}）；不设监事会的只填一名监事（{articles['one']}）。"
    if board == "stock" and not people and by_role.get("executive_director"):
        yield "股份有限公司不设董事会的，没有审计委员会代替监事：请填写监事（公司法第一百二十一条、第一百三十三条）。"
