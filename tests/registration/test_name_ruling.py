"""A name that must be stopped: the code stands for it, the old name finds it, day 31 opens a task (art. 23)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hongdun.base import clock
from hongdun.base.actor import system
from hongdun.base.clock import today
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.actions import Decision
from hongdun.cases.models import Case, Task
from hongdun.documents import queries as documents
from hongdun.register import actions as register
from hongdun.register import queries
from hongdun.register.models import Entity, Licence
from hongdun.register.queries import Naming
from hongdun.registration.name_ruling import actions as rulings
from tests.org.builders import an_actor, enter
from tests.register.builders import FOUNDED, changed, founded
from tests.registration import builders as build

if TYPE_CHECKING:
    from hongdun.register.models import Entity as EntityRow

pytestmark = [pytest.mark.django_db, pytest.mark.db15]
NAME = "南宁红豆商贸有限公司"


def entity() -> EntityRow:
    actor = build.officer("approver")
    made = founded(name=NAME, actor=actor)
    with acting(actor):
        register.record_licence(entity=made, copy="original", on=FOUNDED, case_id=None, actor=actor)
    return made


def opened(made: EntityRow) -> Case:
    client, examiner = Client(), an_actor("examiner")
    enter(client, examiner)
    page = client.get(f"/desk/name-rulings/new/?uscc={made.uscc}")
    submission = page.context["form"]["submission"].value()
    fields = {
        "submission": submission,
        "uscc": made.uscc,
        "kind": "ruling",
        "claimant": "广西红豆集团有限公司",
        "facts": "傍名牌",
    }
    first = client.post("/desk/name-rulings/new/", fields)
    assert first.status_code == 302, first.content.decode()
    assert client.post("/desk/name-rulings/new/", fields).headers["Location"] == first.headers["Location"]
    with system_scope("测试"):
        return Case.objects.get()


def decided(case: Case) -> None:
    with acting(build.officer("examiner")) as examiner:
        cases.finish_step(case.number, "accept", Decision("accept"), actor=examiner)
    with acting(build.officer("approver")) as approver:
        cases.finish_step(
            case.number, "decide", Decision("stop", opinion="“红豆”侵犯在先名称权"), actor=approver
        )


def open_steps(case: Case) -> list[str]:
    with system_scope("测试"):
        return list(Task.objects.filter(case=case, done=None).values_list("step", flat=True))


def test_page_licence_and_api_show_the_code_and_the_old_name_still_finds_it(client: Client) -> None:
    made = entity()
    case = opened(made)
    decided(case)
    now = Entity.objects.get()
    assert now.name == now.uscc
    page = client.get(f"/entity/{now.uscc}/").content.decode()
    assert NAME in page  # among its former names
    assert "应当停止使用" in page
    body = json.loads(client.get(f"/api/v1/entities/{now.uscc}").content)
    assert body["name"] == now.uscc
    assert body["former_names"][0]["name"] == NAME
    assert queries.find("红豆").entities[0].pk == now.pk
    assert Licence.objects.get().state == Licence.State.SUPERSEDED
    with system_scope("测试"):
        assert [d.title for d in documents.of_case(case.id)] == ["企业名称争议行政裁决书"]
    before = queries.as_of(now.uscc, FOUNDED + timedelta(days=1))
    assert before
    assert before.particulars.name == NAME


def test_neither_the_entity_nor_others_may_take_the_stopped_name() -> None:
    made = entity()
    decided(opened(made))
    for naming in (Naming(organ=build.QINGXIU), Naming(organ=build.QINGXIU, bearer=made.pk)):
        assert queries.check_name(NAME, naming).blocking


def test_day_31_opens_the_listing_task_and_day_30_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    case = opened(entity())
    decided(case)
    assert open_steps(case) == ["rename"]
    with system_scope("测试"):
        due = Task.objects.get(case=case, done=None).due
    assert due
    assert due >= today() + timedelta(days=30)
    for day, steps in ((due, ["rename"]), (due + timedelta(days=1), ["list"])):
        monkeypatch.setattr(rulings.clock, "today", lambda day=day: day)
        with system_scope("测试") as actor:
            rulings.raise_overdue(actor=actor)
        assert open_steps(case) == steps
    with acting(build.officer("examiner")) as examiner:
        cases.finish_step(case.number, "list", Decision("listed", opinion="逾期未变更"), actor=examiner)
    with system_scope("测试"):
        assert Case.objects.get().outcome == "listed"


def test_a_new_name_ends_the_matter_and_the_code_is_no_former_name() -> None:
    made = entity()
    case = opened(made)
    decided(case)
    renamed = changed(Entity.objects.get(), today(), name="南宁邕江绿豆商贸有限公司")
    with system_scope("测试") as actor:
        rulings.note_rename(renamed.pk, actor=actor)
    assert open_steps(case) == []
    assert [each.name for each in renamed.former_names.all()] == [NAME]
    with system_scope("测试"):
        assert Case.objects.get().outcome == "renamed"


def test_a_name_of_another_authority_is_refused() -> None:
    made = founded(name=NAME, actor=build.officer("approver", organ=450_203_000))
    client = Client()
    enter(client, an_actor("examiner"))
    form = client.get("/desk/name-rulings/new/").context["form"]
    fields = {
        "submission": form["submission"].value(), "uscc": made.uscc, "kind": "court", "claimant": "（2026）桂01民终1号",
        "facts": "生效判决",
    }  # fmt: skip
    answer = client.post("/desk/name-rulings/new/", fields)
    assert answer.status_code == 422
    assert "移送其登记机关" in answer.content.decode()
    wrong = client.post("/desk/name-rulings/new/", fields | {"uscc": "91450102GX0000007X"})
    assert "校验码" in wrong.content.decode()


def test_stopping_twice_is_refused() -> None:
    made = entity()
    decided(opened(made))
    with system_scope("测试"), pytest.raises(register.RegisterError, match="已经停止使用"):
        register.stop_name(
            entity=Entity.objects.get(), on=clock.today(), reason="再次", case_id=None, actor=system("测试")
        )
