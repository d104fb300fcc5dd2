from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongdun.base import clock
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Task
from hongdun.documents import queries as documents
from hongdun.documents.errors import MissingGlyphs
from hongdun.register import queries as register
from hongdun.registration.screening import actions, draw, queries, released
from hongdun.registration.screening.models import Condition, Screening
from tests.registration import builders as build
from tests.registration.screened import CODE, REGION, admin, decided, let_rules_decide, sent

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.django_db, pytest.mark.db15]


@pytest.fixture(autouse=True)
def rules_of_the_release() -> None:
    with system_scope("测试"):
        released.load()


def results(case: Case) -> dict[str, bool]:
    with system_scope("测试"):
        found = queries.of(case)
    assert found
    return {each["code"]: each["met"] for each in found.results}


def open_steps(case: Case) -> set[str]:
    with system_scope("测试"):
        return set(Task.objects.filter(case=case, done__isnull=True).values_list("step", flat=True))


def test_an_application_that_meets_everything_has_its_licence_without_a_person() -> None:
    let_rules_decide()
    case = decided(sent())
    with system_scope("测试"):
        kinds = {each.kind for each in documents.of_case(case.id)}
        people = set(Task.objects.filter(case=case).values_list("done_by", flat=True))
    assert all(results(case).values())
    assert case.closed
    assert case.entity == register.find("广西鑫源数字科技有限公司").entities[0].id
    assert {"registered", "licence_original", "licence_duplicate", "archive"} <= kinds
    assert people == {None}


def test_where_no_bureau_lets_the_rules_decide_people_do_and_see_what_was_found() -> None:
    case = decided(sent())
    assert open_steps(case) == {"examine"}
    assert all(results(case).values())


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("natural", lambda d: d["shareholders"]["rows"][0].update(kind="organisation")),
        ("money", lambda d: d["shareholders"]["rows"][0].update(form="知识产权")),
        ("capital", lambda d: d["shareholders"].update(capital="1000.01")),
        ("scope_licensed", lambda d: d["scope"].update(scope="一般项目：软件开发。许可项目：食品生产。")),
        ("right", lambda d: d["domicile"].update(right="hosted")),
        ("papers", lambda d: d["documents"].pop("charter")),
        ("name_near", lambda d: d["name"].update(warnings=[{"explanation": "读音相同", "article": "规定"}])),
    ],
)
def test_one_condition_that_is_not_met_hands_over_with_a_receipt(
    code: str, change: Callable[[dict[str, Any]], None]
) -> None:
    let_rules_decide()
    case = decided(sent(change))
    failed = [name for name, met in results(case).items() if not met]
    with system_scope("测试"):
        kinds = [each.kind for each in documents.of_case(case.id)]
        opinion = Task.objects.get(case=case, step="rules").opinion
        label = Condition.objects.get(procedure_code=CODE, code=code).label
    assert failed == [code]
    assert open_steps(case) == {"examine"}
    assert kinds.count("receipt") == 1
    assert label in opinion


def test_capital_at_the_limit_is_still_decided() -> None:
    let_rules_decide()
    assert results(decided(sent(lambda d: d["shareholders"].update(capital="1000"))))["capital"]


def test_a_name_that_somebody_took_meanwhile_is_not_registered_twice() -> None:
    let_rules_decide()
    first, second = sent(), sent()
    assert decided(first).closed
    second = decided(second)
    assert second.entity is None
    assert not results(second)["name_free"]
    assert open_steps(second) == {"examine"}


def test_repeated_jobs_decide_once() -> None:
    let_rules_decide()
    case = decided(decided(sent()))
    with system_scope("测试"):
        assert Screening.objects.filter(case=case).count() == 1
        assert [d.kind for d in documents.of_case(case.id)].count("licence_original") == 1


def test_no_officer_can_take_the_way_of_the_rules() -> None:
    let_rules_decide()
    case = sent()
    for role in ("clerk", "examiner", "approver", "head"):
        with acting(build.officer(role)) as officer, pytest.raises(cases.NotAllowed):
            cases.finish_step(case.number, "rules", Decision("register"), actor=officer)
    assert open_steps(case) == {"rules"}


def test_what_waits_too_long_goes_to_people(monkeypatch: pytest.MonkeyPatch) -> None:
    let_rules_decide()
    case = sent()
    later = clock.now() + actions.TOO_LONG
    with system_scope("任务") as actor:
        assert actions.hand_over_late(actor=actor) == 0
        monkeypatch.setattr("hongdun.registration.screening.actions.clock.now", lambda: later)
        assert actions.hand_over_late(actor=actor) == 1
    assert open_steps(case) == {"examine"}


def test_one_that_cannot_be_moved_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    let_rules_decide()
    stuck, case = sent(), sent()
    later, finish = clock.now() + actions.TOO_LONG, cases.finish_step

    def finish_others(number: str, *args: Any, **kwargs: Any) -> Any:
        if number == stuck.number:
            raise MissingGlyphs(["𰀀"])
        return finish(number, *args, **kwargs)

    monkeypatch.setattr("hongdun.registration.screening.actions.clock.now", lambda: later)
    monkeypatch.setattr("hongdun.registration.screening.actions.cases.finish_step", finish_others)
    with system_scope("任务") as actor:
        assert actions.hand_over_late(actor=actor) == 1
    assert (open_steps(stuck), open_steps(case)) == ({"rules"}, {"examine"})


def test_the_nearest_bureau_decides_whether_rules_may() -> None:
    let_rules_decide(organ=450_100_000)
    with acting(admin()) as actor:
        actions.lay_switch(
            organ=build.QINGXIU, procedure=CODE, on=False, share=0, valid_from=clock.today(), basis="青市监〔2026〕1号",
            actor=actor,
        )  # fmt: skip
    assert open_steps(decided(sent())) == {"examine"}


def test_a_switch_or_condition_begins_on_its_day_and_never_before_today() -> None:
    yesterday = clock.today() - timedelta(days=1)
    with acting(admin()) as actor, pytest.raises(cases.Incomplete):
        actions.lay_switch(
            organ=build.QINGXIU,
            procedure=CODE,
            on=True,
            share=0,
            valid_from=yesterday,
            basis="号",
            actor=actor,
        )
    with acting(admin(REGION)) as actor:
        changed = queries.conditions(CODE, on=clock.today())[4]
        changed.value = 10
        actions.lay_conditions(
            [changed], valid_from=clock.today() + timedelta(days=1), basis="桂市监注〔2026〕2号", actor=actor
        )
    now = {each.code: each.value for each in queries.conditions(CODE, on=clock.today())}
    then = {each.code: each.value for each in queries.conditions(CODE, on=clock.today() + timedelta(days=1))}
    assert (now["capital"], then["capital"]) == (1000, 10)


def test_only_the_region_lays_down_conditions() -> None:
    with acting(admin()) as actor, pytest.raises(cases.NotAllowed):
        actions.lay_conditions(
            queries.conditions(CODE, on=clock.today()), valid_from=clock.today(), basis="号", actor=actor
        )


def test_the_share_drawn_is_reviewed_and_the_draw_can_be_repeated() -> None:
    let_rules_decide(share=100)
    case = decided(sent())
    with system_scope("测试"):
        noted = queries.of(case)
        assert noted
        review = Case.objects.get(procedure_code="automatic_review")
        assert noted.draw == draw.number(queries.seed(case.received), case.number)
    assert review.data["case"] == case.number
    assert review.entity == case.entity
    with acting(build.officer("examiner")) as examiner:
        cases.finish_step(review.number, "review", Decision("wrong", opinion="住所不存在"), actor=examiner)
    assert open_steps(review) == {"remedy"}


def test_nobody_is_reviewed_at_a_share_of_nothing() -> None:
    let_rules_decide(share=0)
    decided(sent())
    with system_scope("测试"):
        assert not Case.objects.filter(procedure_code="automatic_review").exists()


def test_the_seed_is_told_only_when_its_month_is_over() -> None:
    today = clock.today()
    last_month = today.replace(day=1) - timedelta(days=1)
    assert queries.published_seed(today) == ""
    assert queries.published_seed(last_month) == queries.seed(last_month).hex()


def test_a_trial_says_what_other_conditions_would_have_decided() -> None:
    rich = sent(lambda d: d["shareholders"].update(capital="5000"))
    decided(rich)
    with system_scope("测试") as actor:
        wanted = queries.conditions(CODE, on=clock.today())
        same = queries.simulate(CODE, wanted, actor=actor)
        next(each for each in wanted if each.code == "capital").value = 5000
        other = queries.simulate(CODE, wanted, actor=actor)
    assert (same.looked_at, same.before, same.after, same.changed) == (1, 0, 0, [])
    assert (other.before, other.after, [row.case_id for row, _ in other.changed]) == (0, 1, [rich.pk])


@given(st.binary(min_size=16, max_size=16), st.integers(0, 100), st.integers(0, 10**9))
def test_a_larger_share_never_loses_a_review(seed: bytes, share: int, number: int) -> None:
    drawn = draw.number(seed, str(number))
    assert 0 <= drawn < draw.NUMBERS
    assert not draw.wins(drawn, 0)
    assert draw.wins(drawn, 100)
    assert not draw.wins(drawn, share) or draw.wins(drawn, min(share + 1, 100))
