"""Officers, applicants and cases for tests; cases are made through the actions, so impossible ones can't exist."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hongdun.base.actor import Actor
from hongdun.base.ids import uuid7
from hongdun.base.scope import acting, system_scope
from hongdun.cases import actions as cases
from hongdun.cases.opinions import actions as opinions
from hongdun.org import queries as org
from hongdun.org.models import Officer, Organ, Post
from hongdun.parties.models import Involvement, Person
from tests.cases import procedures

if TYPE_CHECKING:
    from uuid import UUID

    from hongdun.cases.models import Case
    from hongdun.cases.procedure import Procedure

procedures.register_all()

REGION = 450000000
COUNTY = 450103000  # 青秀
OTHER = 450202000  # 柳州 城中
NAMES = {"clerk": "黄志强", "examiner": "韦丽华", "approver": "李壮飞", "counter": "覃秀英", "head": "陆建国"}


def officer(role: str, *, organ: int = COUNTY, name: str = "", login: str = "") -> Actor:
    """An officer in one post of today, as the middleware would know them."""
    person = uuid7()
    with system_scope("测试"):
        organ_row = Organ.objects.get(code=organ)
        who = Officer.objects.create(
            id=person,
            login=login or f"u{person.hex[-12:]}",
            name=name or NAMES.get(role, role),
            organ=organ_row,
        )
        post = Post.objects.create(officer=who, organ=organ_row, role=role, valid_from=date(2020, 1, 1))
    return org.actor_for(post)


def same_person(actor: Actor, role: str, *, organ: int | None = None) -> Actor:
    """The same natural person in a second post."""
    with system_scope("测试"):
        post = Post.objects.create(
            officer_id=actor.person, organ_id=organ or actor.organ, role=role, valid_from=date(2020, 1, 1)
        )
    return org.actor_for(Post.objects.select_related("officer").get(pk=post.pk))


def applicant(name: str = "申请人甲") -> Actor:
    person = uuid7()
    with system_scope("测试"):
        Person.objects.create(id=person, name=name)
    return Actor(name=name, kind="applicant", person=person)


def case(
    procedure: Procedure = procedures.PAIR,
    *,
    by: Actor | None = None,
    organ: int = COUNTY,
    title: str = "广西鑫源数字科技有限公司",
    submission: UUID | None = None,
    mode: str = "pair",
    data: dict[str, Any] | None = None,
    received: date | None = None,
    station: int | None = None,
) -> Case:
    who = by or applicant()
    with acting(who):
        opened = cases.open_case(
            procedure, organ=organ, title=title, submission=submission or uuid7(), actor=who, person=who.person,
            data=data or {}, mode=mode, received=received, station=station,
        )  # fmt: skip
        Involvement.objects.get_or_create(
            person_id=who.person, case_id=opened.id, organ_id=organ, role="applicant"
        )
        return opened


def standard_opinions() -> None:
    """The release's templates: a test that commits wipes them with everything else."""
    with system_scope("测试"):
        opinions.load_standard()


def finish(number: str, step: str, outcome: str, *, by: Actor, instance: str = "", **rest: Any) -> Case:
    with acting(by):
        return cases.finish_step(number, step, cases.Decision(outcome, **rest), actor=by, instance=instance)


def open_steps(number: str) -> list[str]:
    from hongdun.cases.models import Task

    with system_scope("测试"):
        return sorted(Task.objects.waiting().filter(case__number=number).values_list("step", flat=True))


def reload(number: str) -> Case:
    from hongdun.cases.models import Case

    with system_scope("测试"):
        return Case.objects.get(number=number)
