from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from hongdun.lib.comparison import differences, shown
from hongdun.lib.money import Money
from hongdun.lib.particulars import (
    Domicile,
    Parent,
    Particulars,
    PersonEntry,
    Scope,
    Share,
    from_json,
)
from hongdun.lib.registrable import problems
from tests.register.builders import company

words = st.text(max_size=12)
money = st.builds(Money, st.decimals(0, 10**9, places=2), st.sampled_from(["CNY", "USD"]))
states = st.builds(
    Particulars,
    name=words,
    kind=st.sampled_from(["enterprise", "individual", "cooperative"]),
    type=st.sampled_from(["1130", "9500", "9100", "4533", "0000"]),
    representative=words,
    capital=st.none() | money,
    established=st.none() | st.dates(),
    term_until=st.none() | st.dates(),
    domicile=st.builds(Domicile, words, st.just("450102")),
    scope=st.builds(Scope, words, st.tuples(words, words)),
    people=st.lists(
        st.builds(PersonEntry, words, st.sampled_from(["director", "liaison"]), st.none() | st.uuids()),
        max_size=3,
    ).map(lambda people: tuple(sorted(people, key=lambda each: not each.is_public))),
    shares=st.lists(
        st.builds(Share, words, money, st.none() | st.dates(), person=st.none() | st.uuids()), max_size=2
    ).map(tuple),
    parent=st.none() | st.builds(Parent, words, words),
)


@given(states)
def test_json_gives_the_state_back(state: Particulars) -> None:
    assert from_json(state.to_json()) == state
    assert from_json(state.public(), state.private()) == state


@given(states)
def test_public_part_holds_no_person_and_no_hidden_role(state: Particulars) -> None:
    public = from_json(state.public())
    assert all(each.person is None for each in public.people)
    assert all(each.person is None for each in public.shares)
    assert all(each.role != "liaison" for each in public.people)


@given(states)
def test_a_state_does_not_differ_from_itself(state: Particulars) -> None:
    assert differences(state, state) == []


def test_differences_speak_of_both_sides_in_the_words_of_the_form() -> None:
    before = company(established=date(2015, 3, 2))
    after = replace(
        before,
        representative="韦青山",
        capital=Money(Decimal(2_000_000), "USD"),
        shares=(Share("韦青山", Money(Decimal(2_000_000), "USD")),),
    )
    found = {change.label: (change.before, change.after) for change in differences(before, after)}
    assert found["法定代表人"] == ("覃红豆", "韦青山")
    assert found["注册资本"] == ("50 万元人民币", "200 万美元")
    assert "认缴 200 万美元" in found["股东及出资"][1]
    assert set(found) == {"法定代表人", "注册资本", "股东及出资"}


def test_a_hidden_role_is_no_public_change() -> None:
    before = company()
    after = replace(before, people=(before.people[0], PersonEntry("另联络", "liaison", uuid4())))
    assert differences(before, after) == []
    assert before != after


def test_an_individual_business_has_an_operator() -> None:
    state = company(kind="individual", type="9500", shares=())
    assert shown(state)["representative"][0] == "经营者"


def test_problems_name_the_remedy() -> None:
    state = company(capital=Money(Decimal(0)), type="9500", domicile=Domicile(" "))
    found = "；".join(problems(state))
    assert "请选择类型" in found
    assert "请填写详细地址" in found
    assert list(problems(company())) == []


def test_shares_must_add_up() -> None:
    state = company(shares=(Share("覃红豆", Money(Decimal(400_000))),))
    assert "不相等" in next(problems(state))
