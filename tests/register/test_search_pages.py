"""How the pages of a search hang together: whole, once, whatever is entered between two of them."""

from __future__ import annotations

from datetime import date

import pytest

from hongdun.base.scope import acting
from hongdun.register import actions as register
from hongdun.register import queries
from hongdun.register.models import Entity
from hongdun.register.queries import Narrow, candidates, search
from tests.register.builders import changed, founded, officer
from tests.register.searching import loaded, names, row

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]


@pytest.fixture
def _walking(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every piece were common, and three hits more than can be ranked."""
    monkeypatch.setattr(candidates, "share", lambda *_: 1.0)
    monkeypatch.setattr(search, "MOST", 3)


def paged(wanted: str, *, size: int, narrow: Narrow | None = None) -> list[list[str]]:
    pages, after = [], ""
    while True:
        found = queries.find(wanted, after=after, size=size, narrow=narrow)
        pages.append([each.name for each in found.entities])
        after = found.after
        if not after:
            return pages


@pytest.mark.parametrize("size", [1, 2, 5, 7])
@pytest.mark.parametrize("wanted", ["邕江", "", "yongjiang", "民生路"])
@pytest.mark.usefixtures("_walking")
def test_all_pages_of_a_long_list_are_the_whole_list_once(wanted: str, size: int) -> None:
    _eleven()
    pages = paged(wanted, size=size)
    flat = [name for page in pages for name in page]
    assert len(flat) == len(set(flat)) == 11
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize("size", [1, 2, 5, 7])
def test_all_pages_of_a_ranked_list_are_the_whole_list_once(size: int) -> None:
    _eleven()
    flat = [name for page in paged("邕江", size=size) for name in page]
    assert flat == names("邕江", size=50)
    assert len(set(flat)) == 11


def _eleven() -> None:
    """Ten that bear the word, and one that bore it; each once, also the one that bears it still after a change."""
    loaded(*(row(number, f"南宁邕江{number:02}号商贸有限公司") for number in range(1, 10)))
    changed(founded(name="南宁邕江旧商贸有限公司"), date(2020, 1, 1), name="南宁邕江新商贸有限公司")
    changed(founded(name="南宁邕江老商贸有限公司"), date(2020, 1, 1), name="南宁别的商贸有限公司")


@pytest.mark.parametrize("fixtures", [["_walking"], []], ids=["long", "ranked"])
def test_what_is_entered_between_two_pages_moves_nothing(
    fixtures: list[str], request: pytest.FixtureRequest
) -> None:
    for fixture in fixtures:
        request.getfixturevalue(fixture)
    loaded(*(row(number, f"南宁邕江{number:02}号商贸有限公司") for number in range(1, 9)))
    first = queries.find("邕江", size=3)
    loaded(row(20, "邕江"), row(21, "邕江大厦"), row(22, "南宁邕江最长的名称排在最后商贸有限公司"))
    second = queries.find("邕江", size=10, after=first.after)
    seen = [each.name for each in [*first.entities, *second.entities]]
    assert len(seen) == len(set(seen))
    assert {f"南宁邕江{number:02}号商贸有限公司" for number in range(1, 9)} <= set(seen)


def test_counts_are_exact_up_to_the_limit_and_say_so_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded(*(row(number, f"南宁邕江{number:02}号商贸有限公司") for number in range(1, 5)))
    monkeypatch.setattr(search, "MOST", 4)
    exact = queries.find("邕江")
    assert (exact.total, exact.more) == (4, False)
    monkeypatch.setattr(search, "MOST", 3)
    beyond = queries.find("邕江")
    assert (beyond.total, beyond.more) == (3, True)
    assert len(beyond.hits) == 4


def test_the_page_before_is_known_in_a_ranked_list() -> None:
    loaded(*(row(number, f"南宁邕江{number:02}号商贸有限公司") for number in range(1, 8)))
    first = queries.find("邕江", size=3)
    second = queries.find("邕江", size=3, after=first.after)
    third = queries.find("邕江", size=3, after=second.after)
    assert (first.before, second.before) == (None, "")
    assert third.before
    assert queries.find("邕江", size=3, after=third.before).entities == second.entities


@pytest.mark.parametrize("size", [1, 3, 4, 10])
@pytest.mark.parametrize("wanted", ["邕江", "", "yongjiang", "yj", "商贸 邕江", "民生路"])
@pytest.mark.usefixtures("_walking")
def test_the_way_back_through_a_long_list_is_the_way_that_was_come(wanted: str, size: int) -> None:
    _eleven()
    ahead, found = [], queries.find(wanted, size=size)
    assert found.before is None
    while found.after:
        ahead.append(found.entities)
        found = queries.find(wanted, size=size, after=found.after)
    back = []
    while found.before:
        found = queries.find(wanted, size=size, after=found.before)
        back.append(found.entities)
    assert back[::-1] == ahead
    assert found.before is None


@pytest.mark.parametrize(
    "wanted", ["邕江", "江边", "邕江 商贸", "yongjiang", "yongjiangb", "yj", "民生路", ""]
)
@pytest.mark.parametrize("size", [2, 50])
@pytest.mark.usefixtures("_walking")
def test_long_lists_are_ordered_by_exactness_then_activity(wanted: str, size: int) -> None:
    _of_every_kind()
    flat = [name for page in paged(wanted, size=size) for name in page]
    ranked = [_rank(name, wanted) for name in flat]
    assert len(flat) == len(set(flat)) >= 4
    assert ranked == sorted(ranked)


def _of_every_kind() -> None:
    """Active and ended bearers of each exactness, the ended ones entered first."""
    bearers = ["邕江", "南宁邕江商贸有限公司", "邕江边商贸有限公司", "南宁大邕江边YJ商贸有限公司"]
    ended = [f"柳州{name}" if name.startswith("南宁") else f"{name}老店" for name in bearers[1:]]
    ended = [name.replace("柳州南宁", "柳州") for name in ended]
    loaded(*(row(number, name) for number, name in enumerate([*ended, *bearers], 1)))
    actor = officer()
    with acting(actor):
        for entity in Entity.objects.filter(name__in=ended):
            register.set_status(
                entity=entity,
                status="cancelled",
                on=date(2022, 1, 1),
                reason="解散",
                case_id=None,
                actor=actor,
            )


def _rank(name: str, wanted: str) -> tuple[int, int]:
    """What the list should go by: how exact, then whether ended."""
    entity = Entity.objects.get(name=name)
    match = next(hit.match for hit in queries.find(wanted, size=50).hits if hit.entity == entity)
    assert match
    by, exactness = match.key[:2]
    told = exactness if by == 0 and wanted else int(exactness > 1) if wanted == "yongjiang" else 0
    return (by * 10 + told, int(entity.status != "active"))


@pytest.mark.parametrize("after", ["x", "e30", "W10", "é", "A" * 400, "WyJhIl0", "bnVsbA"])
def test_a_cursor_that_is_none_is_refused(after: str) -> None:
    with pytest.raises(queries.BadCursor):
        queries.find("邕江", after=after)


def test_a_cursor_of_another_search_is_refused() -> None:
    loaded(*(row(number, f"南宁邕江{number:02}号商贸有限公司") for number in range(1, 5)))
    after = queries.find("邕江", size=2).after
    for wanted, narrow in (("商贸", None), ("邕江", Narrow(city="4501"))):
        with pytest.raises(queries.BadCursor):
            queries.find(wanted, narrow=narrow, after=after)


@pytest.mark.parametrize("wanted", ["邕江", "邕江 商贸", "yongjiang", "yjsm", "南宁邕江", "民生路", "01"])
def test_both_ways_find_the_same(wanted: str, request: pytest.FixtureRequest) -> None:
    _eleven()
    ranked = set(names(wanted, size=50))
    request.getfixturevalue("_walking")
    assert {name for page in paged(wanted, size=4) for name in page} == ranked
