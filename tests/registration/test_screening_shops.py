"""The rules decide what a shop-keeper files on the phone: founding, changing, closing (秒批)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest
from django.test import Client
from pypdf import PdfReader

from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Task
from hongdun.documents import queries as documents
from hongdun.register import queries as register
from hongdun.register.models import Entity
from hongdun.registration.screening import released
from tests.org import builders as org
from tests.registration import builders, shops
from tests.registration.screened import decided, let_rules_decide, unmet
from tests.registration.test_applicant_pages import PASSWORD, rows
from tests.registration.test_keeper import fill, paper, shop_topics

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.django_db, pytest.mark.db15, pytest.mark.slow]

TODAY = date(2026, 11, 24)
FILINGS = ("individual_establishment", "individual_change", "individual_simple_cancellation")


@pytest.fixture(autouse=True)
def day() -> Iterator[mock.Mock]:
    with mock.patch("hongdun.base.clock.today", return_value=TODAY) as today, system_scope("测试"):
        released.load()
        for code in FILINGS:
            let_rules_decide(code)
        yield today


@pytest.fixture
def keeper() -> Client:
    client = Client()
    person = {"name": shops.OPERATOR, "id_number": shops.number(2), "phone": "13800000002"}
    assert client.post("/account/register/", person | PASSWORD).status_code == 302
    return client


def founded(keeper: Client, **topics: dict[str, Any]) -> Case:
    return decided(fill(keeper, "individual_establishment", shop_topics() | topics))


def changed(keeper: Client, entity: Entity, **wanted: Any) -> Case:
    state = register.latest(entity).particulars
    typed = {
        "name": state.name, "address": state.domicile.text, "scope": state.scope.text, "composition": "",
        **rows("relative"),
    }  # fmt: skip
    topics = {"entity": {"uscc": entity.uscc}, "wanted": typed | wanted, "documents": {}}
    return decided(fill(keeper, "individual_change", topics, query=f"?uscc={entity.uscc}"))


def closing(keeper: Client, entity: Entity) -> Case:
    topics = {"entity": {"uscc": entity.uscc}, "closing": {"reason": "stopped", "undertaking": "on"}}
    return decided(fill(keeper, "individual_simple_cancellation", topics, query=f"?uscc={entity.uscc}"))


def shop(case: Case) -> Entity:
    return Entity.objects.get(pk=case.entity)


def open_steps(case: Case) -> set[str]:
    with system_scope("测试"):
        return set(Task.objects.filter(case=case, done__isnull=True).values_list("step", flat=True))


def licence(case: Case) -> str:
    with system_scope("测试"):
        found = documents.of_case(case.id).filter(kind="licence_original").get()
        pages = PdfReader(BytesIO(documents.content(found))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


def test_a_shop_is_registered_without_a_person_and_its_licence_names_the_county(keeper: Client) -> None:
    case = founded(keeper)
    assert unmet(case) == []
    assert (case.closed is not None, case.organ, shop(case).organ) == (True, org.NANHU_STATION, org.QINGXIU)
    assert "青秀区市场监督管理局" in licence(case)
    own = keeper.get(f"/my/{case.number}/").content.decode()
    assert "由系统按规则办理" in own
    assert "营业执照（正本）" in own


@pytest.mark.parametrize(
    ("code", "topics"),
    [
        ("scope_words", {"scope": {"chosen": ["餐饮服务"], "more": "阿婆手工糍粑"}}),
        ("scope_approval", {"scope": {"chosen": [], "more": "保安服务"}}),
        (
            "family",
            {
                "operator": {
                    "home": "南宁市青秀区长湖路 18 号", "composition": "family",
                    **rows("relative", {"name": "韦大山", "id_number": shops.number(45)}),
                }
            },
        ),
    ],
)  # fmt: skip
def test_what_a_rule_doesnt_allow_goes_to_the_station_which_sees_why(
    keeper: Client, code: str, topics: dict[str, Any]
) -> None:
    topics = topics | ({"documents": _with_approval()} if code == "scope_approval" else {})
    case = founded(keeper, **topics)
    assert code in unmet(case)
    assert open_steps(case) == {"decide"}
    page = shops.officer().get(f"/cases/{case.number}/decide/").content.decode()
    assert "不符合下列条件" in page


def _with_approval() -> dict[str, Any]:
    return {code: paper(code) for code in ("applicant_identity", "domicile", "approval")}


def test_what_the_counter_takes_in_the_counter_decides() -> None:
    station = shops.officer()
    assert open_steps(shops.taken_in(station)) == {"decide"}


def test_a_drawn_decision_is_reviewed_at_the_county_bureau(keeper: Client) -> None:
    let_rules_decide("individual_establishment", share=100)
    case = founded(keeper)
    with system_scope("测试"):
        review = Case.objects.get(procedure_code="automatic_review", data__case=case.number)
    with acting(builders.officer("examiner")) as examiner:
        assert cases.finish_step(review.number, "review", Decision("right"), actor=examiner).closed


def test_place_and_name_are_changed_and_a_new_licence_printed(keeper: Client) -> None:
    entity = shop(founded(keeper))
    case = changed(
        keeper, entity, name="南宁市青秀区阿红米粉店", undertaking="on", address="南宁市青秀区长湖路 20 号"
    )
    assert unmet(case) == []
    assert case.closed
    assert "阿红米粉店" in licence(case)
    assert (
        list(register.licences(entity).filter(copy="original").values_list("state", flat=True)).count("valid")
        == 1
    )


def test_old_words_of_a_scope_are_not_judged_again(keeper: Client) -> None:
    """An officer allowed them once; only what is new is looked at."""
    first = founded(keeper, scope={"chosen": [], "more": "阿婆手工糍粑"})
    with acting(builders.officer("station", organ=org.NANHU_STATION)) as actor:
        first = cases.finish_step(first.number, "decide", Decision("register"), actor=actor)
    same = changed(keeper, shop(first), address="南宁市青秀区长湖路 20 号")
    assert "scope_words" not in unmet(same)
    other = changed(keeper, shop(first), scope="一般项目：阿婆手工糍粑；阿婆手工米酒。")
    assert unmet(other) == ["scope_words"]


def test_an_operator_whom_the_register_knows_by_name_only_is_looked_at_by_people(keeper: Client) -> None:
    """Of shops that were loaded there is no number: somebody of the same name might ask (细则 art. 16)."""
    case = founded(keeper)
    with system_scope("测试"):
        shop(case).person_links.all().delete()
    assert unmet(changed(keeper, shop(case), address="南宁市青秀区长湖路 20 号")) == ["stands"]


def test_closing_in_the_simple_way_is_pushed_at_once_and_ends_after_ten_days(
    keeper: Client, day: mock.Mock
) -> None:
    from hongdun.registration.individual.cancellation import actions as cancellation

    entity = shop(founded(keeper))
    case = closing(keeper, entity)
    assert (unmet(case), open_steps(case)) == ([], {"objections"})
    assert "已推送税务等有关部门" in keeper.get(f"/my/{case.number}/").content.decode()
    day.return_value = date(2026, 12, 4)
    with system_scope("任务"):
        assert cancellation.cancel_where_nobody_objected() == 0
    day.return_value = date(2026, 12, 5)
    with system_scope("任务"):
        assert cancellation.cancel_where_nobody_objected() == 1
    assert shop(case).status == "cancelled"
