"""Searching the register: what finds an entity, in which order, and how its pages hang together."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from hongdun.base.scope import acting, system_scope
from hongdun.lib import grams, spelling
from hongdun.lib.particulars import Domicile, PersonEntry, Scope
from hongdun.lib.regno import compose
from hongdun.register import actions as register
from hongdun.register import queries
from hongdun.register.models import Entity, Name, Wording
from hongdun.register.queries import Narrow, candidates, search, shares
from tests.register.builders import COUNTY, OTHER, changed, founded, officer
from tests.register.searching import loaded, names, row

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
XINYUAN = "南宁鑫源商贸有限公司"
GIVEN = settings(max_examples=30)


def by(wanted: str) -> list[tuple[str, str]]:
    found = queries.find(wanted)
    return [(hit.entity.name, hit.match.by if hit.match else "") for hit in found.hits]


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ("鑫源", "words"),
        ("鑫源商贸", "words"),
        ("商贸 鑫源", "words"),
        ("商 鑫源", "words"),
        ("xinyuan", "pinyin"),
        ("xinyuanshangm", "pinyin"),
        ("Nan'ning xinyuan", "pinyin"),
        ("xysm", "initials"),
        ("xy", "initials"),
        ("南宁 xysm", "initials"),
        ("新元商贸", "homophone"),
        ("鑫原", "homophone"),
        ("鑫海商贸", "slip"),
        ("金源商贸", "slip"),
        ("南宁鑫源商冒有限", "homophone"),
        ("鑫源商业有限", "slip"),
    ],
)
def test_what_finds_a_name(wanted: str, why: str) -> None:
    founded(name=XINYUAN)
    founded(name="柳州大地物流有限公司")
    assert by(wanted) == [(XINYUAN, why)]


@pytest.mark.parametrize(
    "wanted", ["鑫", "南 宁", "x", "%%", "__", "鑫%", "源_贸", "yuanxin", "商贸鑫源", "\\"]
)
def test_what_finds_nothing(wanted: str) -> None:
    founded(name=XINYUAN)
    assert not queries.find(wanted).hits


def test_names_with_signs_of_patterns_and_letters_are_found_as_they_are() -> None:
    founded(name="南宁100%_橙ABC贸易有限公司")
    for wanted in ("100%", "%_", "abc贸易", "ABC", "aBc", "0%_橙a"):
        assert names(wanted) == ["南宁100%_橙ABC贸易有限公司"], wanted


def test_letters_beyond_sixteen_bits_are_found_and_not_mixed_up() -> None:
    founded(name="南宁𠮷野家餐饮有限公司")
    assert names("𠮷野") == ["南宁𠮷野家餐饮有限公司"]
    other = chr(ord("𠮷") + 0x1900)  # the same piece in the index
    assert names(f"{other}野") == []


def test_a_wrong_character_among_common_words_is_looked_for_in_a_part_of_the_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    founded(name=XINYUAN)
    monkeypatch.setattr(candidates, "selective", lambda *_: [])
    found = queries.find("商冒有限公司")
    assert [each.name for each in found.entities] == [XINYUAN]
    assert (found.is_near, found.more) == (True, True)
    assert queries.find("鑫冒有限公司").total == 0


def test_names_that_may_have_been_meant_are_counted_as_far_as_they_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loaded(*(row(number, f"南宁鑫{each}商贸有限公司") for number, each in enumerate("源泉海洋", 1)))
    found = queries.find("鑫甲商贸")
    assert (found.total, found.more, found.is_near) == (4, False, True)
    monkeypatch.setattr(search, "MOST_NEAR", 3)
    found = queries.find("鑫甲商贸")
    assert (found.total, found.more, found.is_near) == (3, True, True)


def test_a_former_name_finds_its_bearer_behind_those_who_bear_it_now() -> None:
    renamed = changed(founded(name="南宁红棉商贸有限公司"), date(2020, 1, 1), name="南宁木棉商贸有限公司")
    bearer = founded(name="南宁红棉食品有限公司")
    found = queries.find("红棉")
    assert [hit.entity.pk for hit in found.hits] == [bearer.pk, renamed.pk]
    assert found.hits[1].match
    assert found.hits[1].match.former
    assert [part.text for part in found.hits[1].match.parts if part.matched] == ["红棉"]
    assert queries.find("木棉").total == 1


def test_order_by_exactness_then_activity_then_length() -> None:
    expected = [
        "红豆", "南宁红豆商贸有限公司", "南宁红豆国际商贸有限公司", "柳州红豆商贸有限公司", "红豆杉种植专业合作社",
        "南宁小红豆杂货店",
    ]  # fmt: skip
    loaded(*(row(number, name) for number, name in enumerate(expected, 1)))
    actor = officer()
    with acting(actor):
        register.set_status(
            entity=Entity.objects.get(name=expected[3]), status="cancelled", on=date(2022, 1, 1), reason="解散",
            case_id=None, actor=actor,
        )  # fmt: skip
    assert names("红豆") == expected


@pytest.mark.parametrize(
    ("narrow", "expected"),
    [
        (Narrow(city="4501"), 2),
        (Narrow(city="4502"), 1),
        (Narrow(county="450203"), 1),
        (Narrow(county="450204"), 0),
        (Narrow(status="active"), 3),
        (Narrow(status="cancelled"), 0),
        (Narrow(type="1130"), 2),
        (Narrow(type="individual"), 1),
        (Narrow(industry="52"), 2),
        (Narrow(industry="5219"), 2),
        (Narrow(industry="F"), 2),
        (Narrow(industry="H"), 1),
        (Narrow(industry="A"), 0),
        (Narrow(founded_from=date(2015, 3, 2)), 3),
        (Narrow(founded_from=date(2015, 3, 3)), 1),
        (Narrow(founded_to=date(2015, 3, 2)), 2),
        (Narrow(founded_to=date(2015, 3, 1)), 0),
        (Narrow(founded_from=date(2016, 1, 1), founded_to=date(2015, 1, 1)), 0),
        (Narrow(city="4501", type="1130", founded_from=date(2015, 1, 1)), 1),
    ],
)
@pytest.mark.parametrize("wanted", ["", "鑫源"])
def test_filters_narrow_words_and_lists(narrow: Narrow, expected: int, wanted: str) -> None:
    founded(name=XINYUAN)
    founded(name="柳州鑫源商贸有限公司", actor=officer(OTHER))
    founded(name="南宁鑫源饭店", kind="individual", type="9500", industry="6210", on=date(2016, 5, 1))
    assert queries.find(wanted, narrow=narrow).total == expected


def test_filters_follow_what_changes() -> None:
    entity = founded(name=XINYUAN)
    changed(entity, date(2020, 1, 1), industry="6210", domicile=Domicile("南宁市青秀区民族大道9号", "450103"))
    assert queries.find("鑫源", narrow=Narrow(industry="H")).total == 1
    assert queries.find("鑫源", narrow=Narrow(industry="F")).total == 0
    assert names("民族大道") == [XINYUAN]
    assert names("民生路", where="address") == []


def test_addresses_and_scopes_are_searched_where_no_name_fits_or_when_asked() -> None:
    founded(name=XINYUAN, scope=Scope("活鸡销售；沙糖桔批发"))
    for wanted, where in (("民生路", "address"), ("沙糖桔", "scope"), ("糖桔 活鸡", "scope")):
        found = queries.find(wanted)
        assert [found.where, found.total] == [where, 1]
        assert queries.find(wanted, where=where).total == 1
        assert queries.find(wanted, where="name").total == 0
    assert queries.find("民生路", narrow=Narrow(city="4502")).total == 0


def test_bulk_loading_words_what_filing_does() -> None:
    loaded(row(1, XINYUAN, scope=Scope("沙糖桔批发")))
    one = Entity.objects.get(name=XINYUAN)
    filed = founded(name=XINYUAN.replace("鑫源", "鑫泉"), scope=Scope("沙糖桔批发"))
    for field in ("keyed", "scope", "people"):
        assert getattr(one.wording, field) == getattr(filed.wording, field), field
    placed = [set(grams.placed(each.pk, grams.ACTIVE)) for each in (one, filed)]
    assert set(one.wording.address) - placed[0] == set(filed.wording.address) - placed[1]
    assert all(set(each.wording.address) > here for each, here in zip((one, filed), placed, strict=True))


def test_a_registration_number_and_a_code_in_any_spelling() -> None:
    entity = founded(name=XINYUAN)
    number = compose("450102", "20001234")
    with system_scope("测试"):
        Entity.objects.filter(pk=entity.pk).update(regno=number)
    for wanted in (number, entity.uscc, entity.uscc.lower(), f" {entity.uscc} "):
        assert queries.find(wanted).where == "code"
        assert names(wanted) == [XINYUAN]


HANZI = "南宁鑫源邕江红豆商贸科技重庆银行长乐单于厦门都城柳州食品店0ABxyz（）·𠮷"
NAMES = st.text(HANZI, min_size=4, max_size=14).map(lambda name: f"{name}有限公司")


@GIVEN
@given(name=NAMES, data=st.data())
def test_any_two_neighbouring_characters_find_a_name(name: str, data: st.DataObject) -> None:
    entity = Name(id=uuid4(), name=name)
    start = data.draw(st.integers(0, len(name) - 2))
    end = data.draw(st.integers(start + 2, len(name)))
    assert _is_found(entity.name, name[start:end])


@GIVEN
@given(name=NAMES, data=st.data())
def test_pinyin_and_initials_of_neighbouring_characters_find_a_name(name: str, data: st.DataObject) -> None:
    runs = [
        (start, end)
        for start in range(len(name))
        for end in range(start + 3, min(start + 7, len(name)) + 1)
        if all(spelling.readings(each) for each in name[start:end])
    ]
    start, end = data.draw(st.sampled_from(runs))
    read = [data.draw(st.sampled_from(sorted(grams.heard(each)))) for each in name[start:end]]
    assert _is_found(name, "".join(each[0] for each in read))
    spelled = "'".join(read)
    split = [whole for whole, rest in spelling.split(spelled.replace("'", "")) if not rest]
    assert tuple(read) not in split or _is_found(name, spelled)


def _is_found(name: str, wanted: str) -> bool:
    """Whether the database would: by the very conditions, on a row that is never stored."""
    from hongdun.lib import matching
    from hongdun.register.actions import namerows

    stored = set(namerows.made(name, COUNTY).grams)
    return any(
        stored.issuperset(pattern.pieces)
        and all(stored.intersection(group) for group in pattern.groups)
        and pattern.spans(name) is not None
        for pattern in matching.patterns([wanted])
    )


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connection

    from hongdun.register.queries import limits

    monkeypatch.setattr(limits, "LONGEST_MS", 20)
    with pytest.raises(queries.TooSlow), limits.in_time(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1)")
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("0",)


def test_shares_come_from_the_statistics_of_the_server() -> None:
    shares.forget()
    assert isinstance(shares.of("grams"), dict)
    assert shares.rows(1.0) >= 1
    assert shares.expected({1: 0.5, 2: 0.1, 7: 0.25}, [1, 2], [[3, 7]], ([7], [])) == pytest.approx(0.025)
    assert shares.expected({}, [], [], ([], [])) == 1.0


def test_officers_find_by_person_within_their_range_only() -> None:
    mine = founded(name=XINYUAN)
    founded(name="柳州鑫源商贸有限公司", actor=officer(OTHER))
    changed(mine, date(2020, 1, 1), people=(PersonEntry("覃红豆杉", "legal_representative"),))
    found = queries.find_by_person("红豆", within=officer().range)
    assert [(each.entity, each.person, each.labels) for each in found] == [
        (XINYUAN, "覃红豆杉", ["法定代表人"])
    ]
    assert len(queries.find_by_person("覃红豆", within=officer(450_000_000).range)) == 2
    assert queries.find_by_person("覃绿豆", within=officer(450_000_000).range) == []
    assert queries.find_by_person("黄联络", within=officer(450_000_000).range) == []


def test_index_names_makes_old_pieces_new_so_that_lists_hold_every_row(
    capsys: pytest.CaptureFixture[str],
) -> None:
    renamed = changed(founded(name="南宁红棉商贸有限公司"), date(2020, 1, 1), name="南宁木棉商贸有限公司")
    made = sorted(_pieces(renamed))
    with system_scope("测试"):
        Name.objects.update(grams=[], keys=[], keyed=0)
        Wording.objects.update(address=[], scope=[], people=[], keyed=0)
    assert queries.find("木棉").total == 0
    call_command("index_names")
    assert "已更新 3 行" in capsys.readouterr().out
    assert sorted(_pieces(renamed)) == made
    assert names("红棉") == names("木棉") == [renamed.name]
    call_command("index_names")
    assert sorted(_pieces(renamed)) == made


def _pieces(entity: Entity) -> list[tuple[int, ...]]:
    of_names = [tuple(sorted([*each.grams, *each.keys])) for each in entity.names.all()]
    worded = Wording.objects.get(entity=entity)
    return [*of_names, *(tuple(sorted(each)) for each in (worded.address, worded.scope, worded.people))]
